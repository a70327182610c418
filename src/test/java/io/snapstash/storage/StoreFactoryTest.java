package io.snapstash.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.snapstash.api.BackupStorageSpec;
import io.snapstash.api.BackupStorageSpecBuilder;
import io.snapstash.api.LocalBackendBuilder;
import io.snapstash.api.StorageBackendBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoreFactoryTest {
  private static final String ENDPOINT = "http://127.0.0.1:1";

  private final StoreFactory factory = Storages.factory(StoreLimits.DEFAULT);

  @Test
  void keepsAStoreWhileSpecAndSecretStayTheSame() {
    ObjectStore first = open(Storages.s3(ENDPOINT, s3 -> s3), Storages.secret());

    assertThat(open(Storages.s3(ENDPOINT, s3 -> s3), Storages.secret())).isSameAs(first);
  }

  @Test
  void makesANewStoreForAChangedSecretAndClosesTheOld() {
    ObjectStore first = open(Storages.s3(ENDPOINT, s3 -> s3), Storages.secret());
    ObjectStore second = open(Storages.s3(ENDPOINT, s3 -> s3), Storages.secret("AWS_SECRET_ACCESS_KEY", "another"));

    assertThat(second).isNotSameAs(first);
    assertThat(Outcomes.failureOf(first.get("metadata.yaml"))).hasMessageContaining("closed").matches(
        StoreFailure::retryable);
  }

  @Test
  void makesANewStoreForAChangedSpec() {
    ObjectStore first = open(Storages.s3(ENDPOINT, s3 -> s3), Storages.secret());

    assertThat(open(Storages.s3(ENDPOINT, s3 -> s3.prefix("other")), Storages.secret())).isNotSameAs(first);
  }

  @Test
  void forgetsAStorageThatIsGone() {
    ObjectStore first = open(Storages.s3(ENDPOINT, s3 -> s3), Storages.secret());

    Outcomes.of(factory.forget(Storages.NAME));
    Outcomes.of(factory.forget(Storages.NAME));

    assertThat(open(Storages.s3(ENDPOINT, s3 -> s3), Storages.secret())).isNotSameAs(first);
  }

  @Test
  void namesTheMissingKeyOfTheSecret() {
    Map<String, byte[]> secret = Storages.secret();
    secret.remove("AWS_SECRET_ACCESS_KEY");

    assertThat(refused(Storages.s3(ENDPOINT, s3 -> s3), Optional.of(secret)))
        .isEqualTo("Secret s3-secret has no key AWS_SECRET_ACCESS_KEY");
  }

  @Test
  void namesAnEmptyKeyOfTheSecret() {
    assertThat(refused(Storages.s3(ENDPOINT, s3 -> s3), Optional.of(Storages.secret("AWS_ACCESS_KEY_ID", "\n"))))
        .isEqualTo("Secret s3-secret has no key AWS_ACCESS_KEY_ID");
  }

  @Test
  void namesTheMissingSecret() {
    assertThat(refused(Storages.s3(ENDPOINT, s3 -> s3), Optional.empty())).isEqualTo("Secret s3-secret was not found");
  }

  @Test
  void namesTheFieldAtFault() {
    Optional<Map<String, byte[]>> secret = Optional.of(Storages.secret());

    assertThat(refused(Storages.s3(ENDPOINT, s3 -> s3.bucket("")), secret)).contains("s3.bucket");
    assertThat(refused(Storages.s3("minio:9000", s3 -> s3), secret)).contains("s3.endpoint");
    assertThat(refused(Storages.s3("ftp://minio", s3 -> s3), secret)).contains("s3.endpoint");
    assertThat(refused(Storages.s3(ENDPOINT, s3 -> s3.prefix("a/../b")), secret)).contains("..");
    assertThat(refused(provider("s3"), secret)).contains("spec.storage.s3 is missing");
    assertThat(refused(provider(""), secret)).contains("spec.storage.provider is missing");
    assertThat(refused(provider("ftp"), secret)).contains("'ftp'");
    assertThat(refused(new BackupStorageSpec(null, null, null, null, null), secret)).contains("spec.storage is missing");
  }

  @Test
  void neverRepeatsAPasswordInTheEndpoint() {
    assertThat(refused(Storages.s3("https://admin:hunter2@minio", s3 -> s3), Optional.of(Storages.secret())))
        .contains("s3.endpoint").doesNotContain("hunter2");
  }

  @Test
  void refusesAnAuthorityThatIsNoCertificate() {
    assertThat(refused(Storages.s3(ENDPOINT, s3 -> s3), Optional.of(Storages.secret("CA_CERT_DATA", "rubbish"))))
        .contains("CA_CERT_DATA").doesNotContain("rubbish");
  }

  @Test
  void saysWhichProvidersThisVersionDoesNotServe() {
    StoreFailure failure = catchThrowableOfType(StoreFailure.class, () -> factory.open(Storages.NAME,
        BackupStorageSpecBuilder.builder().storage(StorageBackendBuilder.builder().provider("local")
            .local(LocalBackendBuilder.builder().mountPath("/data").build()).build()).build(), Optional.empty()));

    assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.NOT_AVAILABLE);
    assertThat(failure).hasMessageContaining("local");
  }

  @Test
  void namesTheFieldAtFaultInEveryCloud() {
    Optional<Map<String, byte[]>> secret = Optional.of(Map.of());

    assertThat(refused(provider("gcs"), secret)).contains("spec.storage.gcs is missing");
    assertThat(refused(Storages.gcs(gcs -> gcs.bucket(null)), secret)).contains("gcs.bucket is missing");
    assertThat(refused(Storages.gcs(gcs -> gcs.bucket("../b/other")), secret)).contains("gcs.bucket");
    assertThat(refused(Storages.gcs(gcs -> gcs), Optional.empty())).contains("gcs-secret was not found");
    assertThat(refused(Storages.gcs(gcs -> gcs), secret)).contains("no key GOOGLE_SERVICE_ACCOUNT_JSON_KEY");
    assertThat(refused(provider("azure"), secret)).contains("spec.storage.azure is missing");
    assertThat(refused(Storages.azure(azure -> azure.storageAccount("")), secret)).contains("storageAccount is missing");
    assertThat(refused(Storages.azure(azure -> azure.storageAccount("evil.example/")), secret)).contains("storageAccount");
    assertThat(refused(Storages.azure(azure -> azure.container(null)), secret)).contains("container is missing");
    assertThat(refused(Storages.azure(azure -> azure.container("a/../b")), secret)).contains("container");
    assertThat(refused(Storages.azure(azure -> azure), Optional.empty())).contains("azure-secret was not found");
    assertThat(refused(Storages.azure(azure -> azure), secret)).contains("no key AZURE_ACCOUNT_KEY");
  }

  @Test
  void tellsWhichSecretAStorageNeeds() {
    assertThat(StoreFactory.secretName(Storages.s3(ENDPOINT, s3 -> s3))).contains("s3-secret");
    assertThat(StoreFactory.secretName(Storages.s3(ENDPOINT, s3 -> s3.secretName(null)))).isEmpty();
    assertThat(StoreFactory.secretName(provider("s3"))).isEmpty();
  }

  private static BackupStorageSpec provider(String name) {
    return BackupStorageSpecBuilder.builder()
        .storage(StorageBackendBuilder.builder().provider(name).build()).build();
  }

  private ObjectStore open(BackupStorageSpec spec, Map<String, byte[]> secret) {
    return factory.open(Storages.NAME, spec, Optional.of(secret));
  }

  private String refused(BackupStorageSpec spec, Optional<Map<String, byte[]>> secret) {
    StoreFailure failure =
        catchThrowableOfType(StoreFailure.class, () -> factory.open(Storages.NAME, spec, secret));
    assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.BAD_CONFIGURATION);
    assertThat(failure.retryable()).isFalse();
    return failure.getMessage();
  }
}
