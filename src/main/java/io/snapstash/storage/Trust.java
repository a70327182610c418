package io.snapstash.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Trust in the certificates of a PEM text, and in no others (storage-layout 3.1). */
final class Trust {
  private Trust() {}

  static TrustManager[] only(byte[] pem) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate certificate : certificates(pem)) {
        store.setCertificateEntry("authority-" + number++, certificate);
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException | IOException failure) {
      throw new IllegalStateException("this JVM cannot hold certificates", failure);
    }
  }

  private static Collection<? extends Certificate> certificates(byte[] pem) {
    try {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
      if (!found.isEmpty()) {
        return found;
      }
    } catch (CertificateException _) {
      // Told below, without the content.
    }
    throw StoreFailure.badConfiguration("CA_CERT_DATA holds no certificate in PEM form");
  }
}
