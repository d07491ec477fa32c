package io.resolute.client;

/** Which of our libraries a client is made with. */
enum Language {
  JAVA,
  TYPESCRIPT
}
