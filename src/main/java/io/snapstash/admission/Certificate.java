package io.snapstash.admission;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * The webhook server's certificate, key, and the bundle that clients are to trust, as PEM under the names that
 * cert-manager uses as well. One that the operator makes is its own authority: nothing else is signed with its key.
 */
record Certificate(String chain, String key, String bundle) {
  private static final Duration LIFE = Duration.ofDays(365);
  private static final Duration CLOCK_SKEW = Duration.ofHours(1);
  private static final byte[] ALGORITHM = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
  private static final int DNS_NAME = 0x82;

  /** An elliptic key on P-256, valid for a year; takes milliseconds of CPU. */
  static Certificate make(List<String> names, Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      String chain = pem("CERTIFICATE", selfSigned(names, pair, now));
      return new Certificate(chain, pem("PRIVATE KEY", pair.getPrivate().getEncoded()), chain);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("this JVM cannot make certificates", impossible);
    }
  }

  /** The same, trusted beside the one before, so that neither is refused while both are in use. */
  Certificate after(Certificate before) {
    return new Certificate(chain, key, chain + before.chain);
  }

  boolean isValid(Instant now) {
    try {
      X509Certificate read = read();
      return !now.isBefore(read.getNotBefore().toInstant()) && now.isBefore(read.getNotAfter().toInstant());
    } catch (CertificateException unreadable) {
      return false;
    }
  }

  /** A third of its life before its end; the epoch for what is no certificate. */
  Instant renewal() {
    try {
      X509Certificate read = read();
      Instant end = read.getNotAfter().toInstant();
      return end.minus(Duration.between(read.getNotBefore().toInstant(), end).dividedBy(3));
    } catch (CertificateException unreadable) {
      return Instant.EPOCH;
    }
  }

  private X509Certificate read() throws CertificateException {
    return (X509Certificate) CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(chain.getBytes(StandardCharsets.US_ASCII)));
  }

  @Override
  public String toString() {
    return "Certificate[renewal=" + renewal() + "]";
  }

  private static byte[] selfSigned(List<String> names, KeyPair pair, Instant now) throws GeneralSecurityException {
    byte[] name = Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.text("Snapstash webhooks"))));
    byte[] hosts = Der.sequence(names.stream()
        .map(each -> Der.tagged(DNS_NAME, each.getBytes(StandardCharsets.US_ASCII))).toArray(byte[][]::new));
    byte[] extensions = Der.sequence(extension("2.5.29.17", hosts),
        extension("2.5.29.37", Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1"))));
    byte[] content = Der.sequence(Der.tagged(0xa0, Der.integer(BigInteger.TWO)),
        Der.integer(new BigInteger(64, new SecureRandom()).setBit(64)), ALGORITHM, name,
        Der.sequence(Der.time(now.minus(CLOCK_SKEW)), Der.time(now.plus(LIFE))), name, pair.getPublic().getEncoded(),
        Der.tagged(0xa3, extensions));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(pair.getPrivate());
    signature.update(content);
    return Der.sequence(content, ALGORITHM, Der.bits(signature.sign()));
  }

  private static byte[] extension(String oid, byte[] value) {
    return Der.sequence(Der.oid(oid), Der.octets(value));
  }

  private static String pem(String title, byte[] content) {
    return "-----BEGIN " + title + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
        + "\n-----END " + title + "-----\n";
  }
}
