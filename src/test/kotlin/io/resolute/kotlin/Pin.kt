package io.resolute.kotlin

import io.vertx.core.net.TrustOptions
import java.net.Socket
import java.security.MessageDigest
import java.security.cert.CertificateException
import java.security.cert.X509Certificate
import java.util.HexFormat
import javax.net.ssl.SSLEngine
import javax.net.ssl.X509ExtendedTrustManager

/**
 * Trusts the one certificate with this SHA-256 [fingerprint], as the server prints it when it has
 * made its certificate itself: 32 bytes in hexadecimal, with colons between them or without.
 */
fun pin(fingerprint: String): TrustOptions =
  TrustOptions.wrap(PinTrustManager(HexFormat.of().parseHex(fingerprint.replace(":", ""))))

private class PinTrustManager(private val fingerprint: ByteArray) : X509ExtendedTrustManager() {
  private fun check(certificate: X509Certificate) {
    val presented = MessageDigest.getInstance("SHA-256").digest(certificate.encoded)
    if (!MessageDigest.isEqual(fingerprint, presented)) {
      throw CertificateException("the certificate has another fingerprint")
    }
  }

  override fun checkServerTrusted(chain: Array<X509Certificate>, type: String) = check(chain[0])

  override fun checkServerTrusted(chain: Array<X509Certificate>, type: String, on: Socket?) =
    check(chain[0])

  override fun checkServerTrusted(chain: Array<X509Certificate>, type: String, on: SSLEngine?) =
    check(chain[0])

  override fun checkClientTrusted(chain: Array<X509Certificate>, type: String) = refuse()

  override fun checkClientTrusted(chain: Array<X509Certificate>, type: String, on: Socket?) =
    refuse()

  override fun checkClientTrusted(chain: Array<X509Certificate>, type: String, on: SSLEngine?) =
    refuse()

  override fun getAcceptedIssuers() = emptyArray<X509Certificate>()

  private fun refuse(): Nothing = throw CertificateException("this is a client")
}
