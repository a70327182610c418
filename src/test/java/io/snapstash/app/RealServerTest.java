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

/** What only a real API server can judge of the manifests: its own validation, and what the roles come to. */
@EnabledIfSystemProperty(named = "sandbox.kubeconfig", matches = ".+")
class RealServerTest {
  private static final String SYSTEM = "snapstash-system";
  private static final String USED = "permission-trial";
  private static final List<String> JOBS = List.of("snapstash-trigger", "snapstash-backup", "snapstash-restore");

  /** Account, verb, resource, namespace (or none), and whether it may. */
  private static final String QUESTIONS = """
      snapstash list secrets demo false
      snapstash watch secrets demo false
      snapstash get secrets demo true
      snapstash bind clusterroles.rbac.authorization.k8s.io - false
      snapstash escalate clusterroles.rbac.authorization.k8s.io - false
      snapstash update leases.coordination.k8s.io kube-system false
      snapstash-trigger create backupsessions.core.kubestash.com permission-trial true
      snapstash-trigger delete backupsessions.core.kubestash.com permission-trial false
      snapstash-trigger create volumesnapshots.snapshot.storage.k8s.io permission-trial false
      snapstash-backup create volumesnapshots.snapshot.storage.k8s.io permission-trial true
      snapstash-backup create volumesnapshots.snapshot.storage.k8s.io demo false
      snapstash-backup delete volumesnapshots.snapshot.storage.k8s.io permission-trial false
      snapstash-backup get volumesnapshotcontents.snapshot.storage.k8s.io - false
      snapstash-backup get secrets permission-trial false
      snapstash-restore create persistentvolumeclaims permission-trial true
      snapstash-restore create persistentvolumeclaims demo false
      snapstash-restore delete volumesnapshots.snapshot.storage.k8s.io permission-trial false
      snapstash-restore create volumesnapshotcontents.snapshot.storage.k8s.io - false
      """;

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

  /** Applying on the server's side refuses fields that the schema does not have. */
  @Test
  void everythingThatIsInstalledPassesTheServersValidation() throws IOException {
    namespace(SYSTEM);

    for (HasMetadata object : manifests(Path.of("k8s/install.yaml"))) {
      assertThat(client.resource(object).dryRun().fieldManager("trial")
          .forceConflicts().serverSideApply()).isNotNull();
    }
  }

  @Test
  void anAccountMayDoWhatTheTableSaysAndNoMore() throws IOException {
    roles();

    assertThat(QUESTIONS.lines().filter(line -> !answer(line.split(" ")).equals(line.split(" ")[4]))).isEmpty();
  }

  private String answer(String[] question) {
    String account = question[0];
    String home = account.equals("snapstash") ? SYSTEM : USED;
    int dot = question[2].indexOf('.');
    SubjectAccessReview review = client.authorization().v1().subjectAccessReview().create(
        new SubjectAccessReviewBuilder().withNewSpec().withUser("system:serviceaccount:" + home + ":" + account)
            .withNewResourceAttributes().withVerb(question[1])
            .withResource(dot < 0 ? question[2] : question[2].substring(0, dot))
            .withGroup(dot < 0 ? "" : question[2].substring(dot + 1))
            .withNamespace(question[3].equals("-") ? "" : question[3]).endResourceAttributes().endSpec().build());
    return review.getStatus().getAllowed().toString();
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
