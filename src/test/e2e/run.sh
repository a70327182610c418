#!/usr/bin/env bash
# Installs Snapstash on the cluster of the current KUBECONFIG, takes samples through backup, restore, upgrade, loss of a
# catalogue and removal, prints a summary and cleans up. The cluster needs a CSI driver that can snapshot, the snapshot
# controller, and the image of k8s/operator/40-deployment.yaml on its nodes. It must have neither Snapstash nor a
# namespace called demo.
#
#   S3_ENDPOINT S3_BUCKET S3_ACCESS_KEY S3_SECRET_KEY   where the catalogue goes, as Pods reach it
#   STORAGE_CLASS SNAPSHOT_CLASS                        of the driver; default csi-standard and csi-snapshot-class
#   OVERLAY                                             what is installed; default k8s. With k8s/overlays/namespaced,
#                                                       the operator has no rights beyond those of the namespace demo
#   KEEP=1                                              leave everything as it is when something failed
set -uo pipefail
cd "$(dirname "$0")/../../.."
: "${S3_ENDPOINT:?}" "${S3_BUCKET:?}" "${S3_ACCESS_KEY:?}" "${S3_SECRET_KEY:?}"
STORAGE_CLASS=${STORAGE_CLASS:-csi-standard}
SNAPSHOT_CLASS=${SNAPSHOT_CLASS:-csi-snapshot-class}
OVERLAY=${OVERLAY:-k8s}
SYSTEM=snapstash-system
PREFIX=e2e-$(date +%s)
KINDS=backupconfigurations.core.kubestash.com,restoresessions.core.kubestash.com,backupstorages.storage.kubestash.com
KINDS=$KINDS,repositories.storage.kubestash.com,snapshots.storage.kubestash.com
declare -a SUMMARY=()
failed=0
installed=0

for namespace in demo $SYSTEM; do
  if kubectl get namespace $namespace >/dev/null 2>&1; then
    echo "namespace $namespace exists: this is not a cluster to try things in" >&2
    exit 64
  fi
done

step() {
  local name=$1 begin=$SECONDS
  shift
  echo "== $name"
  if [ $failed = 1 ]; then
    SUMMARY+=("skipped  $name")
  elif "$@"; then
    SUMMARY+=("ok       $name ($((SECONDS - begin)) s)")
  else
    failed=1
    SUMMARY+=("FAILED   $name ($((SECONDS - begin)) s)")
    kubectl -n demo get backupconfigurations,backupsessions,snapshots,restoresessions,volumesnapshots,pvc,jobs,pods 2>&1
    kubectl -n $SYSTEM logs deployment/snapstash --tail=50 2>&1
  fi
}

# until SECONDS COMMAND...: asks every two seconds
until_true() {
  local limit=$((SECONDS + $1))
  shift
  until "$@"; do
    [ $SECONDS -lt $limit ] || { echo "not so in time: $*" >&2; return 1; }
    sleep 2
  done
}

is() { [ "$(kubectl -n demo get "$1" -o "jsonpath=$2" 2>/dev/null)" = "$3" ]; }
succeeded_runs() { kubectl -n demo get backupsessions.core.kubestash.com -o jsonpath='{.items[?(@.status.phase=="Succeeded")].metadata.name}'; }
has_run() { [ -n "$(succeeded_runs)" ]; }
# Only as many runs stay as the history of the session keeps: later is told by the name, which ends in the slot.
newest_run() { succeeded_runs | tr ' ' '\n' | sort -V | tail -n 1; }
newer_run_than() { local now; now=$(newest_run); [ -n "$now" ] && [ "$now" != "$1" ]; }
holder() { kubectl -n $SYSTEM get lease snapstash-leader -o jsonpath='{.spec.holderIdentity}'; }
led_by_another_than() { local now; now=$(holder); [ -n "$now" ] && [ "$now" != "$1" ]; }
here() { sed -e "s/csi-standard/$STORAGE_CLASS/; s/csi-snapshot-class/$SNAPSHOT_CLASS/" "$1"; }

install() {
  kubectl create namespace demo >/dev/null && kubectl apply -k "$OVERLAY" >/dev/null && installed=1 \
    && kubectl -n $SYSTEM rollout status deployment/snapstash --timeout=180s && until_true 60 led_by_another_than ''
}

storage() {
  sed -e "s|https://s3.example.com|$S3_ENDPOINT|; s|bucket: .*|bucket: $S3_BUCKET|; s|prefix: .*|prefix: $PREFIX|" \
      -e "s|AWS_ACCESS_KEY_ID: .*|AWS_ACCESS_KEY_ID: $S3_ACCESS_KEY|" \
      -e "s|AWS_SECRET_ACCESS_KEY: .*|AWS_SECRET_ACCESS_KEY: $S3_SECRET_KEY|" k8s/samples/00-storage.yaml \
    | kubectl apply -f - >/dev/null && until_true 120 is backupstorages.storage.kubestash.com/s3-storage '{.status.phase}' Ready
}

backup() {
  here k8s/samples/pvc/workload.yaml | kubectl apply -f - >/dev/null \
    && kubectl -n demo wait pod/notes-writer --for=condition=Ready --timeout=180s >/dev/null && sleep 12 \
    && here k8s/samples/pvc/backupconfiguration.yaml | kubectl apply -f - >/dev/null && until_true 300 has_run
}

# restore NAME: into a claim of that name, and looks into it
restore() {
  here k8s/samples/pvc/restoresession.yaml | sed "s/notes-restored/$1/; s/restore-notes/$1/" | kubectl apply -f - >/dev/null \
    && until_true 300 is "restoresessions.core.kubestash.com/$1" '{.status.phase}' Succeeded && look "$1"
}

look() {
  sed -e "s/notes-writer/look-$1/; s/claimName: notes/claimName: $1/" \
      -e 's/command: .*/command: ["sh", "-c", "test -s \/notes\/log.txt"]/' k8s/samples/pvc/workload.yaml \
      | sed -n '/^kind: Pod/,$p' | sed '1i apiVersion: v1' | sed 's/^spec:/spec:\n  restartPolicy: Never/' | kubectl apply -f - >/dev/null \
    && kubectl -n demo wait "pod/look-$1" --for=jsonpath='{.status.phase}'=Succeeded --timeout=180s >/dev/null
}

# The new Pod leads before the old one is gone, and runs go on.
upgrade() {
  local before run
  before=$(holder)
  run=$(newest_run)
  kubectl -n $SYSTEM rollout restart deployment/snapstash >/dev/null \
    && kubectl -n $SYSTEM rollout status deployment/snapstash --timeout=180s && until_true 30 led_by_another_than "$before" \
    && until_true 240 newer_run_than "$run"
}

# All that is known of the backups in the cluster is deleted; the storage gives it back, and a restore works from that.
drill() {
  local snapshot
  kubectl -n demo delete backupconfigurations.core.kubestash.com --all --timeout=120s >/dev/null
  kubectl -n demo delete repositories.storage.kubestash.com --all --timeout=120s >/dev/null
  kubectl -n demo delete backupstorages.storage.kubestash.com s3-storage --timeout=120s >/dev/null
  snapshot=$(kubectl -n demo get snapshots.storage.kubestash.com -o name)
  [ -z "$snapshot" ] || { echo "left: $snapshot" >&2; return 1; }
  storage && until_true 180 is repositories.storage.kubestash.com/notes-repo '{.status.phase}' Ready && restore notes-found
}

# As the README says: our objects first, then the rest. No finalizer may hang.
uninstall() {
  kubectl delete $KINDS --all -A --timeout=180s >/dev/null && kubectl delete -k "$OVERLAY" --timeout=180s >/dev/null \
    && installed=0 && kubectl delete namespace demo --timeout=180s >/dev/null
}

step install install
step storage storage
step backup backup
step restore restore notes-restored
step upgrade upgrade
step drill drill
step uninstall uninstall

if [ $failed = 1 ] && [ -z "${KEEP:-}" ]; then
  [ $installed = 0 ] || kubectl delete $KINDS --all -A --timeout=120s
  kubectl delete namespace demo --ignore-not-found --timeout=120s
  kubectl delete -k "$OVERLAY" --ignore-not-found --timeout=120s
fi
printf '\n%s\n' "Files are left under $PREFIX in bucket $S3_BUCKET."
printf '%s\n' "${SUMMARY[@]}"
exit $failed
