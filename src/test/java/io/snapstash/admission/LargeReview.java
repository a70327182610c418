package io.snapstash.admission;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.snapstash.api.BackupConfigurationSpec;
import io.snapstash.api.BackupStorage;
import io.snapstash.api.Json;
import io.snapstash.api.ObjectReference;
import io.snapstash.api.Repository;
import io.snapstash.api.RepositorySpecBuilder;
import io.snapstash.api.RetentionPolicy;
import io.snapstash.domain.validation.CatalogueFolder;
import io.snapstash.domain.validation.Defaults;
import io.snapstash.domain.validation.UsageQuestion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The largest BackupConfiguration that the schema lets through, reviewed among many Repositories. */
public final class LargeReview implements Surroundings {
  public static final int SESSIONS = 64;
  public static final int REPOSITORIES = 32;
  public static final int EXISTING = 5000;
  private static final String PATH = "/validate-core-kubestash-com-v1alpha1-backupconfiguration";

  private final Map<CatalogueFolder, List<Repository>> existing = new HashMap<>();
  private final Reviewer reviewer = new Reviewer(this);
  private final byte[] body;

  public LargeReview() {
    for (int i = 0; i < EXISTING; i++) {
      Repository repository = new Repository();
      repository.setMetadata(new ObjectMetaBuilder().withNamespace("ns" + i % 50).withName("r" + i).build());
      repository.setSpec(RepositorySpecBuilder.builder().storageRef(new ObjectReference("demo", "s"))
          .path("/old/" + i).build());
      existing.put(CatalogueFolder.of(repository).orElseThrow(), List.of(repository));
    }
    body = request().toString().getBytes(StandardCharsets.UTF_8);
  }

  /** From bytes to bytes, as the server does it; tells whether the object was let through. */
  public boolean run() {
    try {
      ObjectNode answer = reviewer.answer(PATH, Json.MAPPER.readTree(body)).orElseThrow();
      return answer.toString().contains("\"allowed\":true");
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static ObjectNode request() {
    ObjectNode review = JsonNodeFactory.instance.objectNode();
    ObjectNode request = review.putObject("request").put("uid", "u").put("operation", "CREATE")
        .put("namespace", "demo").put("name", "large");
    ObjectNode spec = request.putObject("object").putObject("spec");
    ObjectNode backend = spec.putArray("backends").addObject().put("name", "b");
    backend.putObject("storageRef").put("name", "s");
    backend.putObject("retentionPolicy").put("name", "p");
    ArrayNode sessions = spec.putArray("sessions");
    for (int i = 0; i < SESSIONS; i++) {
      ObjectNode session = sessions.addObject().put("name", "s" + i);
      session.putObject("scheduler").put("schedule", "0 2 * * *");
      session.putObject("addon").put("name", "a").putArray("tasks").addObject().put("name", "t");
      for (int j = 0; j < REPOSITORIES; j++) {
        session.withArray("repositories").addObject().put("name", "r-" + i + "-" + j).put("backend", "b")
            .put("directory", "/new/" + i + "/" + j);
      }
    }
    return review;
  }

  @Override
  public Collection<BackupStorage> storages() {
    return List.of();
  }

  @Override
  public Collection<RetentionPolicy> policies() {
    return List.of();
  }

  @Override
  public List<Repository> repositories(String namespace, BackupConfigurationSpec configuration) {
    Map<String, ObjectReference> storages = CatalogueFolder.storages(configuration, namespace);
    return configuration.sessions().stream().flatMap(session -> session.repositories().stream())
        .flatMap(info -> CatalogueFolder.of(info, storages).stream())
        .flatMap(folder -> existing.getOrDefault(folder, List.of()).stream()).toList();
  }

  @Override
  public Defaults defaults(String namespace) {
    return new Defaults(namespace, Map.of(), List.of(), List.of());
  }

  @Override
  public UsageQuestion usage(String namespace) {
    return (_, _) -> false;
  }
}
