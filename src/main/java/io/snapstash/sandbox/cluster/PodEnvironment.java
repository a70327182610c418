package io.snapstash.sandbox.cluster;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Environment and arguments of a Pod's first container, as a kubelet resolves them. */
final class PodEnvironment {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([^)]+)\\)");
  private static final Pattern SUBSCRIPT = Pattern.compile("metadata\\.(labels|annotations)\\['([^']+)']");

  private final KubeClient client;
  private final Pod pod;

  PodEnvironment(KubeClient client, Pod pod) {
    this.client = client;
    this.pod = pod;
  }

  /** Later variables see earlier ones, as in a real Pod. Fails if a Secret, ConfigMap or key is missing. */
  Future<ContainerRunner.Container> resolve() {
    var container = pod.getSpec().getContainers().getFirst();
    Future<Map<String, String>> env = Future.succeededFuture(new LinkedHashMap<>());
    for (EnvVar variable : container.getEnv()) {
      env = env.compose(sofar -> valueOf(variable, sofar).map(value -> {
        value.ifPresent(text -> sofar.put(variable.getName(), text));
        return sofar;
      }));
    }
    return env.map(resolved -> {
      List<String> words = new ArrayList<>(container.getCommand());
      words.addAll(container.getArgs());
      String account = Optional.ofNullable(pod.getSpec().getServiceAccountName()).orElse("default");
      return new ContainerRunner.Container(pod.getMetadata().getNamespace(), pod.getMetadata().getName(),
          "system:serviceaccount:" + pod.getMetadata().getNamespace() + ":" + account,
          words.stream().map(word -> expand(word, resolved)).toList(), resolved);
    });
  }

  private Future<Optional<String>> valueOf(EnvVar variable, Map<String, String> sofar) {
    EnvVarSource source = variable.getValueFrom();
    if (source == null) {
      String value = variable.getValue() == null ? "" : variable.getValue();
      return Future.succeededFuture(Optional.of(expand(value, sofar)));
    }
    if (source.getFieldRef() != null) {
      return Future.succeededFuture(Optional.of(field(source.getFieldRef())));
    }
    String namespace = pod.getMetadata().getNamespace();
    if (source.getSecretKeyRef() != null) {
      var ref = source.getSecretKeyRef();
      return client.get(ResourceTypes.SECRETS, new ResourceKey(namespace, ref.getName()))
          .map(secret -> pick(secret.getData(), ref.getKey(), ref.getOptional(), PodEnvironment::decode));
    }
    if (source.getConfigMapKeyRef() != null) {
      var ref = source.getConfigMapKeyRef();
      return client.get(ClusterTypes.CONFIG_MAPS, new ResourceKey(namespace, ref.getName()))
          .map(map -> pick(map.getData(), ref.getKey(), ref.getOptional(), UnaryOperator.identity()));
    }
    return Future.succeededFuture(Optional.of(""));
  }

  private static Optional<String> pick(Map<String, String> data, String key, Boolean optional,
      UnaryOperator<String> reading) {
    Optional<String> value = Optional.ofNullable(data).map(present -> present.get(key)).map(reading);
    if (value.isEmpty() && !Boolean.TRUE.equals(optional)) {
      throw new IllegalStateException("couldn't find key " + key);
    }
    return value;
  }

  private static String decode(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  private String field(ObjectFieldSelector selector) {
    String path = selector.getFieldPath();
    Matcher subscript = SUBSCRIPT.matcher(path);
    if (subscript.matches()) {
      Map<String, String> map =
          subscript.group(1).equals("labels") ? Metadata.labels(pod) : Metadata.annotations(pod);
      return map.getOrDefault(subscript.group(2), "");
    }
    return Optional.ofNullable(switch (path) {
      case "metadata.name" -> pod.getMetadata().getName();
      case "metadata.namespace" -> pod.getMetadata().getNamespace();
      case "metadata.uid" -> pod.getMetadata().getUid();
      case "spec.nodeName" -> pod.getSpec().getNodeName();
      case "spec.serviceAccountName" -> pod.getSpec().getServiceAccountName();
      case "status.podIP" -> pod.getStatus() == null ? "" : pod.getStatus().getPodIP();
      default -> throw new IllegalStateException("unsupported fieldPath " + path);
    }).orElse("");
  }

  private static String expand(String text, Map<String, String> env) {
    return REFERENCE.matcher(text).replaceAll(found -> {
      String name = found.group(1);
      String value = name == null ? "$" : env.getOrDefault(name, found.group());
      return Matcher.quoteReplacement(value);
    });
  }
}
