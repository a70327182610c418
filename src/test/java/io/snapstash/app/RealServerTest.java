package io.snapstash.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only a real API server can judge of the manifests: its own validation, and what the roles come to. */
@EnabledIfSystemProperty(named = "sandbox.kubeconfig", matches = ".+")
class RealServerTest {
  private static final String SYSTEM = "snapstash-system";
  private static final String USED = "permission-trial";
  private static final List<String> JOBS = List.of("snapstash-trigger", "snapstash-backup", "snapstash-restore");

  private final List<HasMetadata> made = new ArrayList<>();
  private KubernetesClient client;

  @BeforeEach
  void connect() {
    Config config = Config.fromKubeconfig(Path.of(System.getProperty("sandbox.kubeconfig")).toFile());
    client = new KubernetesClientBuilder().withConfig(config).withHttpClientFactory(new OkHttpClientFactory()).build();
  }

  @AfterEach
  void leave() {
    made.reversed().forEach(object -> client.resource(object).delete());
    client.close();
  }

  @Test
  void everythingThatIsInstalledPassesTheServersValidation() throws IOException {
    namespace(SYSTEM);

    for (HasMetadata object : manifests(Path.of("k8s/install.yaml"))) {
      assertThat(client.resource(object).fieldValidation(Validation.STRICT).dryRun().fieldManager("trial")
          .forceConflicts().serverSideApply()).isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
      # account, verb, group, resource, namespace, whether
      snapstash,          list,   '',                         secrets,                  demo,             false
      snapstash,          watch,  '',                         secrets,                  demo,             false
      snapstash,          get,    '',                         secrets,                  demo,             true
      snapstash,          bind,   rbac.authorization.k8s.io,  clusterroles,             '',               false
      snapstash,          escalate, rbac.authorization.k8s.io, clusterroles,            '',               false
      snapstash,          update, coordination.k8s.io,        leases,                   kube-system,      false
      snapstash-trigger,  create, core.kubestash.com,         backupsessions,           permission-trial, true
      snapstash-trigger,  delete, core.kubestash.com,         backupsessions,           permission-trial, false
      snapstash-trigger,  create, snapshot.storage.k8s.io,    volumesnapshots,          permission-trial, false
      snapstash-backup,   create, snapshot.storage.k8s.io,    volumesnapshots,          permission-trial, true
      snapstash-backup,   create, snapshot.storage.k8s.io,    volumesnapshots,          demo,             false
      snapstash-backup,   delete, snapshot.storage.k8s.io,    volumesnapshots,          permission-trial, false
      snapstash-backup,   get,    snapshot.storage.k8s.io,    volumesnapshotcontents,   '',               false
      snapstash-backup,   get,    '',                         secrets,                  permission-trial, false
      snapstash-restore,  create, '',                         persistentvolumeclaims,   permission-trial, true
      snapstash-restore,  create, '',                         persistentvolumeclaims,   demo,             false
      snapstash-restore,  delete, snapshot.storage.k8s.io,    volumesnapshots,          permission-trial, false
      snapstash-restore,  create, snapshot.storage.k8s.io,    volumesnapshotcontents,   '',               false
      """)
  void anAccountMayDoWhatTheTableSaysAndNoMore(String account, String verb, String group, String resource,
      String namespace, boolean allowed) throws IOException {
    roles();
    String home = account.equals("snapstash") ? SYSTEM : USED;

    SubjectAccessReview review = client.authorization().v1().subjectAccessReview().create(
        new SubjectAccessReviewBuilder().withNewSpec().withUser("system:serviceaccount:" + home + ":" + account)
            .withNewResourceAttributes().withVerb(verb).withGroup(group).withResource(resource)
            .withNamespace(namespace).endResourceAttributes().endSpec().build());

    assertThat(review.getStatus().getAllowed()).isEqualTo(allowed);
  }

  /** As the operator would find them, and bind them in a namespace that is used. */
  private void roles() throws IOException {
    for (String file : List.of("10-operator", "11-secrets", "20-jobs")) {
      manifests(Path.of("k8s/rbac/" + file + ".yaml")).forEach(this::make);
    }
    namespace(USED);
    for (String job : JOBS) {
      make(new RoleBindingBuilder().withNewMetadata().withName(job).withNamespace(USED).endMetadata()
          .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", job)
          .addNewSubject("", "ServiceAccount", job, USED).build());
    }
  }

  private void namespace(String name) {
    if (client.namespaces().withName(name).get() == null) {
      make(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build());
    }
  }

  private void make(HasMetadata object) {
    client.resource(object).fieldManager("trial").forceConflicts().serverSideApply();
    made.add(object);
  }

  private List<HasMetadata> manifests(Path file) throws IOException {
    try (var text = Files.newInputStream(file)) {
      return client.load(text).items();
    }
  }
}
