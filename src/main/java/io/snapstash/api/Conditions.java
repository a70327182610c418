package io.snapstash.api;

/** Types and reasons of conditions (behaviour 3); each type is followed by its reasons. */
public final class Conditions {
  public static final String BACKEND_SECRET_FOUND = "BackendSecretFound";
  public static final String BACKEND_SECRET_AVAILABLE = "BackendSecretAvailable";
  public static final String BACKEND_SECRET_NOT_AVAILABLE = "BackendSecretNotAvailable";
  public static final String BACKEND_INITIALIZED = "BackendInitialized";
  public static final String BACKEND_INITIALIZATION_SUCCEEDED = "BackendInitializationSucceeded";
  public static final String BACKEND_INITIALIZATION_FAILED = "BackendInitializationFailed";
  public static final String REPOSITORY_INITIALIZED = "RepositoryInitialized";
  public static final String REPOSITORY_INITIALIZATION_SUCCEEDED = "RepositoryInitializationSucceeded";
  public static final String REPOSITORY_INITIALIZATION_FAILED = "RepositoryInitializationFailed";
  public static final String RECENT_SNAPSHOT_LIST_UPDATED = "RecentSnapshotListUpdated";
  public static final String SUCCESSFULLY_UPDATED_RECENT_SNAPSHOT_LIST = "SuccessfullyUpdatedRecentSnapshotList";
  public static final String FAILED_TO_UPDATE_RECENT_SNAPSHOT_LIST = "FailedToUpdateRecentSnapshotList";
  public static final String SNAPSHOT_METADATA_UPLOADED = "SnapshotMetadataUploaded";
  public static final String SUCCESSFULLY_UPLOADED_SNAPSHOT_METADATA = "SuccessfullyUploadedSnapshotMetadata";
  public static final String FAILED_TO_UPLOAD_SNAPSHOT_METADATA = "FailedToUploadSnapshotMetadata";
  public static final String BACKUP_INCOMPLETE = "BackupIncomplete";
  public static final String BACKUP_EXECUTOR_TERMINATED_BEFORE_COMPLETION = "BackupExecutorTerminatedBeforeCompletion";
  public static final String VALIDATION_PASSED = "ValidationPassed";
  public static final String RESOURCE_VALIDATION_PASSED = "ResourceValidationPassed";
  public static final String RESOURCE_VALIDATION_FAILED = "ResourceValidationFailed";
  public static final String SCHEDULER_ENSURED = "SchedulerEnsured";
  public static final String SCHEDULER_NOT_ENSURED = "SchedulerNotEnsured";
  public static final String INITIAL_BACKUP_TRIGGERED = "InitialBackupTriggered";
  public static final String SUCCESSFULLY_TRIGGERED_INITIAL_BACKUP = "SuccessfullyTriggeredInitialBackup";
  public static final String FAILED_TO_TRIGGER_INITIAL_BACKUP = "FailedToTriggerInitialBackup";
  public static final String BACKUP_SKIPPED = "BackupSkipped";
  public static final String PRE_REQUISITES_NOT_SATISFIED = "PreRequisitesNotSatisfied";
  public static final String SNAPSHOTS_ENSURED = "SnapshotsEnsured";
  public static final String SUCCESSFULLY_ENSURED_SNAPSHOTS = "SuccessfullyEnsuredSnapshots";
  public static final String FAILED_TO_ENSURE_SNAPSHOTS = "FailedToEnsureSnapshots";
  public static final String PRE_BACKUP_HOOKS_SUCCEEDED = "PreBackupHooksExecutionSucceeded";
  public static final String SUCCESSFULLY_EXECUTED_PRE_BACKUP_HOOKS = "SuccessfullyExecutedPreBackupHooks";
  public static final String FAILED_TO_EXECUTE_PRE_BACKUP_HOOKS = "FailedToExecutePreBackupHooks";
  public static final String BACKUP_EXECUTOR_ENSURED = "BackupExecutorEnsured";
  public static final String SUCCESSFULLY_ENSURED_BACKUP_EXECUTOR = "SuccessfullyEnsuredBackupExecutor";
  public static final String WAITING_FOR_TURN = "WaitingForTurn";
  public static final String FAILED_TO_ENSURE_BACKUP_EXECUTOR = "FailedToEnsureBackupExecutor";
  public static final String POST_BACKUP_HOOKS_SUCCEEDED = "PostBackupHooksExecutionSucceeded";
  public static final String SUCCESSFULLY_EXECUTED_POST_BACKUP_HOOKS = "SuccessfullyExecutedPostBackupHooks";
  public static final String FAILED_TO_EXECUTE_POST_BACKUP_HOOKS = "FailedToExecutePostBackupHooks";
  public static final String RETENTION_POLICY_EXECUTOR_ENSURED = "RetentionPolicyExecutorEnsured";
  public static final String SUCCESSFULLY_ENSURED_RETENTION_POLICY_EXECUTOR =
      "SuccessfullyEnsuredRetentionPolicyExecutor";
  public static final String FAILED_TO_ENSURE_RETENTION_POLICY_EXECUTOR = "FailedToEnsureRetentionPolicyExecutor";
  public static final String SNAPSHOT_CLEANUP_INCOMPLETE = "SnapshotCleanupIncomplete";
  public static final String SNAPSHOT_CLEANUP_TERMINATED_BEFORE_COMPLETION =
      "SnapshotCleanupTerminatedBeforeCompletion";
  public static final String SESSION_HISTORY_CLEANED = "SessionHistoryCleaned";
  public static final String SUCCESSFULLY_CLEANED_SESSION_HISTORY = "SuccessfullyCleanedSessionHistory";
  public static final String FAILED_TO_CLEAN_SESSION_HISTORY = "FailedToCleanSessionHistory";
  public static final String METRICS_PUSHED = "MetricsPushed";
  public static final String SUCCESSFULLY_PUSHED_METRICS = "SuccessfullyPushedMetrics";
  public static final String FAILED_TO_PUSH_METRICS = "FailedToPushMetrics";
  public static final String POD_PENDING_TOO_LONG = "PodHasBeenInPendingStateForLongerThanExpected";
  public static final String RESTORE_TARGET_FOUND = "RestoreTargetFound";
  public static final String UNABLE_TO_CHECK_TARGET_AVAILABILITY = "UnableToCheckTargetAvailability";
  public static final String PRE_RESTORE_HOOKS_SUCCEEDED = "PreRestoreHooksExecutionSucceeded";
  public static final String SUCCESSFULLY_EXECUTED_PRE_RESTORE_HOOKS = "SuccessfullyExecutedPreRestoreHooks";
  public static final String FAILED_TO_EXECUTE_PRE_RESTORE_HOOKS = "FailedToExecutePreRestoreHooks";
  public static final String RESTORE_EXECUTOR_ENSURED = "RestoreExecutorEnsured";
  public static final String SUCCESSFULLY_ENSURED_RESTORE_EXECUTOR = "SuccessfullyEnsuredRestoreExecutor";
  public static final String FAILED_TO_ENSURE_RESTORE_EXECUTOR = "FailedToEnsureRestoreExecutor";
  public static final String POST_RESTORE_HOOKS_SUCCEEDED = "PostRestoreHooksExecutionSucceeded";
  public static final String SUCCESSFULLY_EXECUTED_POST_RESTORE_HOOKS = "SuccessfullyExecutedPostRestoreHooks";
  public static final String FAILED_TO_EXECUTE_POST_RESTORE_HOOKS = "FailedToExecutePostRestoreHooks";
  public static final String RESTORE_INCOMPLETE = "RestoreIncomplete";
  public static final String RESTORE_EXECUTOR_TERMINATED_BEFORE_COMPLETION =
      "RestoreExecutorTerminatedBeforeCompletion";
  public static final String BACKUP_VERIFICATION_SKIPPED = "BackupVerificationSkipped";
  public static final String SNAPSHOT_ALREADY_VERIFIED = "SnapshotAlreadyVerified";
  public static final String VERIFICATION_EXECUTOR_ENSURED = "VerificationExecutorEnsured";
  public static final String SUCCESSFULLY_ENSURED_VERIFICATION_EXECUTOR = "SuccessfullyEnsuredVerificationExecutor";
  public static final String FAILED_TO_ENSURE_VERIFICATION_EXECUTOR = "FailedToEnsureVerificationExecutor";
  public static final String RESTORE_SUCCEEDED = "RestoreSucceeded";
  public static final String SUCCESSFULLY_RESTORED_BACKUP = "SuccessfullyRestoredBackup";
  public static final String FAILED_TO_RESTORE_BACKUP = "FailedToRestoreBackup";
  public static final String BACKUP_VERIFIED = "BackupVerified";
  public static final String SUCCESSFULLY_VERIFIED_BACKUP = "SuccessfullyVerifiedBackup";
  public static final String FAILED_TO_VERIFY_BACKUP = "FailedToVerifyBackup";
  public static final String VERIFICATION_SESSION_HISTORY_CLEANED = "VerificationSessionHistoryCleaned";
  public static final String SUCCESSFULLY_CLEANED_VERIFICATION_SESSION_HISTORY =
      "SuccessfullyCleanedVerificationSessionHistory";
  public static final String FAILED_TO_CLEAN_VERIFICATION_SESSION_HISTORY = "FailedToCleanVerificationSessionHistory";
  public static final String TARGET_FOUND = "TargetFound";
  public static final String TARGET_NOT_FOUND = "TargetNotFound";
  public static final String DEPENDENCIES_FOUND = "DependenciesFound";
  public static final String FEATURE_UNAVAILABLE = "FeatureUnavailable";
  public static final String NOT_IN_THIS_VERSION = "NotInThisVersion";
  public static final String ADDON_NOT_FOUND = "AddonNotFound";
  public static final String FUNCTION_NOT_FOUND = "FunctionNotFound";
  public static final String TASK_NOT_FOUND = "TaskNotFound";
  public static final String STORAGE_NOT_FOUND = "StorageNotFound";
  public static final String SNAPSHOT_NOT_FOUND = "SnapshotNotFound";
  public static final String REPOSITORY_NOT_FOUND = "RepositoryNotFound";
  public static final String VOLUME_SNAPSHOT_NOT_READY = "VolumeSnapshotNotReady";

  private Conditions() {}
}
