/** Holds the documents against the code: what they show is run, what they list is compared. */
package io.resolute.docs;
