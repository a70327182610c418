package io.snapstash.sandbox.apiserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The kinds that are there without a CustomResourceDefinition. */
final class BuiltinKinds {
  private static final Set<String> WITH_STATUS = Set.of("namespaces", "nodes", "pods", "services",
      "persistentvolumeclaims", "persistentvolumes", "deployments", "statefulsets", "daemonsets", "replicasets", "jobs",
      "cronjobs", "replicationcontrollers", "poddisruptionbudgets", "customresourcedefinitions", "volumeattachments",
      "resourcequotas");
  private static final Set<String> COUNTED = Set.of("pods", "deployments", "statefulsets", "daemonsets", "replicasets",
      "jobs", "cronjobs", "replicationcontrollers", "poddisruptionbudgets", "customresourcedefinitions",
      "networkpolicies", "validatingwebhookconfigurations", "mutatingwebhookconfigurations", "csidrivers", "ingresses");

  private final List<ApiResource> kinds = new ArrayList<>();

  private BuiltinKinds() {}

  static List<ApiResource> all() {
    BuiltinKinds builtin = new BuiltinKinds();
    builtin.core();
    builtin.workloads();
    builtin.clusterKinds();
    builtin.reviews();
    return builtin.kinds;
  }

  private void core() {
    cluster("", "namespaces", "Namespace", "ns");
    cluster("", "nodes", "Node", "no");
    cluster("", "persistentvolumes", "PersistentVolume", "pv");
    namespaced("", "pods", "Pod", "po").listedInAll();
    namespaced("", "persistentvolumeclaims", "PersistentVolumeClaim", "pvc");
    namespaced("", "services", "Service", "svc").listedInAll();
    namespaced("", "endpoints", "Endpoints", "ep");
    namespaced("", "secrets", "Secret");
    namespaced("", "configmaps", "ConfigMap", "cm");
    namespaced("", "serviceaccounts", "ServiceAccount", "sa");
    namespaced("", "events", "Event", "ev");
    namespaced("", "replicationcontrollers", "ReplicationController", "rc").listedInAll();
    namespaced("", "resourcequotas", "ResourceQuota", "quota");
    namespaced("", "limitranges", "LimitRange", "limits");
    namespaced("", "podtemplates", "PodTemplate");
    // One store, two views.
    add("events.k8s.io", "events", "Event", true, "events", "ev");
  }

  private void workloads() {
    namespaced("apps", "deployments", "Deployment", "deploy").listedInAll();
    namespaced("apps", "statefulsets", "StatefulSet", "sts").listedInAll();
    namespaced("apps", "daemonsets", "DaemonSet", "ds").listedInAll();
    namespaced("apps", "replicasets", "ReplicaSet", "rs").listedInAll();
    namespaced("apps", "controllerrevisions", "ControllerRevision");
    namespaced("batch", "jobs", "Job").listedInAll();
    namespaced("batch", "cronjobs", "CronJob", "cj").listedInAll();
    namespaced("policy", "poddisruptionbudgets", "PodDisruptionBudget", "pdb");
    namespaced("networking.k8s.io", "networkpolicies", "NetworkPolicy", "netpol");
    namespaced("networking.k8s.io", "ingresses", "Ingress", "ing");
    namespaced("discovery.k8s.io", "endpointslices", "EndpointSlice");
    namespaced("coordination.k8s.io", "leases", "Lease");
    namespaced("rbac.authorization.k8s.io", "roles", "Role");
    namespaced("rbac.authorization.k8s.io", "rolebindings", "RoleBinding");
  }

  private void clusterKinds() {
    cluster("rbac.authorization.k8s.io", "clusterroles", "ClusterRole");
    cluster("rbac.authorization.k8s.io", "clusterrolebindings", "ClusterRoleBinding");
    cluster("storage.k8s.io", "storageclasses", "StorageClass", "sc");
    cluster("storage.k8s.io", "csidrivers", "CSIDriver");
    cluster("storage.k8s.io", "csinodes", "CSINode");
    cluster("storage.k8s.io", "volumeattachments", "VolumeAttachment");
    namespaced("storage.k8s.io", "csistoragecapacities", "CSIStorageCapacity");
    cluster("apiextensions.k8s.io", "customresourcedefinitions", "CustomResourceDefinition", "crd", "crds");
    cluster("admissionregistration.k8s.io", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration");
    cluster("admissionregistration.k8s.io", "mutatingwebhookconfigurations", "MutatingWebhookConfiguration");
    cluster("scheduling.k8s.io", "priorityclasses", "PriorityClass", "pc");
    cluster("apiregistration.k8s.io", "apiservices", "APIService");
  }

  private void reviews() {
    cluster("authorization.k8s.io", "selfsubjectaccessreviews", "SelfSubjectAccessReview");
    cluster("authorization.k8s.io", "subjectaccessreviews", "SubjectAccessReview");
    cluster("authorization.k8s.io", "selfsubjectrulesreviews", "SelfSubjectRulesReview");
    namespaced("authorization.k8s.io", "localsubjectaccessreviews", "LocalSubjectAccessReview");
    cluster("authentication.k8s.io", "tokenreviews", "TokenReview");
    cluster("authentication.k8s.io", "selfsubjectreviews", "SelfSubjectReview");
  }

  private BuiltinKinds cluster(String group, String plural, String kind, String... shortNames) {
    return add(group, plural, kind, false, group + "/" + plural, shortNames);
  }

  private BuiltinKinds namespaced(String group, String plural, String kind, String... shortNames) {
    return add(group, plural, kind, true, plural.equals("events") ? plural : group + "/" + plural, shortNames);
  }

  private BuiltinKinds add(String group, String plural, String kind, boolean namespaced, String storage,
      String... shortNames) {
    kinds.add(new ApiResource(group, "v1", plural, kind.toLowerCase(Locale.ROOT), kind, List.of(shortNames), List.of(),
        namespaced, WITH_STATUS.contains(plural), COUNTED.contains(plural), storage, Optional.empty()));
    return this;
  }

  /** Part of what {@code kubectl get all} shows. */
  private void listedInAll() {
    ApiResource last = kinds.removeLast();
    kinds.add(new ApiResource(last.group(), last.version(), last.plural(), last.singular(), last.kind(),
        last.shortNames(), List.of("all"), last.namespaced(), last.status(), last.counted(), last.storage(),
        last.custom()));
  }
}
