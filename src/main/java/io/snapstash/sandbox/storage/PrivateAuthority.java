package io.snapstash.sandbox.storage;

import io.snapstash.admission.Der;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate authority that nobody trusts by itself, as companies run them, and the certificate it gave to a
 * server on this machine ({@code localhost}, 127.0.0.1). Made of fresh keys each time.
 */
public final class PrivateAuthority {
  private static final Duration LIFETIME = Duration.ofDays(30);
  private static final Duration CLOCK_SKEW = Duration.ofHours(1);
  private static final byte[] ALGORITHM = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int DNS_NAME = 0x82;
  private static final int IP_ADDRESS = 0x87;

  private final Certificate authority;
  private final SSLContext server;

  private PrivateAuthority(Certificate authority, SSLContext server) {
    this.authority = authority;
    this.server = server;
  }

  /** Valid for a month from that instant. */
  public static PrivateAuthority create(Instant now) {
    try {
      KeyPair root = keys();
      KeyPair leaf = keys();
      byte[] issuer = name("Snapstash sandbox authority");
      byte[] mayIssue = extension("2.5.29.19", true, Der.sequence(Der.yes()));
      byte[] addresses = extension("2.5.29.17", false, Der.sequence(
          Der.tagged(DNS_NAME, "localhost".getBytes(StandardCharsets.US_ASCII)),
          Der.tagged(IP_ADDRESS, LOOPBACK)));
      Certificate authority = certificate(issuer, issuer, root.getPublic(), root.getPrivate(), mayIssue, now);
      Certificate server = certificate(issuer, name("localhost"), leaf.getPublic(), root.getPrivate(), addresses, now);
      return new PrivateAuthority(authority, context(leaf.getPrivate(), server, authority));
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException("this JVM cannot make certificates", impossible);
    }
  }

  /** The authority's certificate, as CA_CERT_DATA takes it. */
  public String pem() {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(authority.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  SSLContext server() {
    return server;
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static byte[] name(String commonName) {
    return Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.text(commonName))));
  }

  private static byte[] extension(String oid, boolean critical, byte[] value) {
    return critical ? Der.sequence(Der.oid(oid), Der.yes(), Der.octets(value))
        : Der.sequence(Der.oid(oid), Der.octets(value));
  }

  private static Certificate certificate(byte[] issuer, byte[] subject, PublicKey key, PrivateKey signer,
      byte[] extension, Instant now) throws GeneralSecurityException {
    byte[] version = Der.tagged(0xa0, Der.integer(BigInteger.TWO));
    byte[] serial = Der.integer(new BigInteger(64, new SecureRandom()).setBit(64));
    byte[] validity = Der.sequence(Der.time(now.minus(CLOCK_SKEW)), Der.time(now.plus(LIFETIME)));
    byte[] content = Der.sequence(version, serial, ALGORITHM, issuer, validity, subject, key.getEncoded(),
        Der.tagged(0xa3, Der.sequence(extension)));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(signer);
    signature.update(content);
    byte[] whole = Der.sequence(content, ALGORITHM, Der.bits(signature.sign()));
    return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
  }

  private static SSLContext context(PrivateKey key, Certificate... chain)
      throws GeneralSecurityException, IOException {
    char[] password = {};
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("server", key, password, chain);
    KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }
}
