# Runs attune run: submits Dataflow and tuning jobs, keeps the ledger, publishes.
resource "google_service_account" "launcher" {
  account_id   = "attune-launcher"
  display_name = "Attune: attune run"
}

# Runs on Dataflow's machines.
resource "google_service_account" "worker" {
  account_id   = "attune-worker"
  display_name = "Attune: Dataflow workers"
}

# Starts attune run, and nothing else.
resource "google_service_account" "scheduler" {
  account_id   = "attune-scheduler"
  display_name = "Attune: scheduler of attune run"
}

# Launches the Flex Template.
resource "google_service_account" "template" {
  count        = local.is_scheduled ? 1 : 0
  account_id   = "attune-template"
  display_name = "Attune: scheduler of the template"
}

locals {
  launcher = "serviceAccount:${google_service_account.launcher.email}"
  worker   = "serviceAccount:${google_service_account.worker.email}"
  ledger   = "serviceAccount:${google_sql_database_instance.ledger.service_account_email_address}"
  template = local.is_scheduled ? "serviceAccount:${google_service_account.template[0].email}" : ""

  project_roles = merge(
    {
      "launcher submits and watches Dataflow jobs" = { member = local.launcher, role = "roles/dataflow.developer" }
      "launcher tunes and asks models"             = { member = local.launcher, role = "roles/aiplatform.user" }
      "launcher reaches the ledger"                = { member = local.launcher, role = "roles/cloudsql.client" }
      "launcher logs in to the ledger"             = { member = local.launcher, role = "roles/cloudsql.instanceUser" }
      "worker works"                               = { member = local.worker, role = "roles/dataflow.worker" }
    },
    local.is_scheduled ? {
      "template launches Dataflow jobs" = { member = local.template, role = "roles/dataflow.developer" }
    } : {},
  )

  bucket_roles = merge(
    {
      "launcher reads and writes objects" = { member = local.launcher, role = "roles/storage.objectAdmin" }
      # Beam asks for the bucket before it stages (storage.buckets.get).
      "launcher looks at the bucket"    = { member = local.launcher, role = "roles/storage.legacyBucketReader" }
      "worker reads and writes objects" = { member = local.worker, role = "roles/storage.objectAdmin" }
      "worker looks at the bucket"      = { member = local.worker, role = "roles/storage.legacyBucketReader" }
      # gcloud sql export writes as the account of the instance.
      "ledger exports itself" = { member = local.ledger, role = "roles/storage.objectAdmin" }
    },
    local.is_scheduled ? {
      "template reads the spec file" = { member = local.template, role = "roles/storage.objectViewer" }
    } : {},
  )

  # Who may start machines that run as the worker.
  worker_users = merge(
    { launcher = local.launcher },
    local.is_scheduled ? { template = local.template } : {},
  )
}

resource "google_project_iam_member" "role" {
  for_each = local.project_roles
  project  = var.project
  role     = each.value.role
  member   = each.value.member
}

resource "google_storage_bucket_iam_member" "role" {
  for_each = local.bucket_roles
  bucket   = google_storage_bucket.attune.name
  role     = each.value.role
  member   = each.value.member
}

resource "google_service_account_iam_member" "worker_user" {
  for_each           = local.worker_users
  service_account_id = google_service_account.worker.name
  role               = "roles/iam.serviceAccountUser"
  member             = each.value
}

# The launcher looks at the feedback database before a run, and the workers read it.
resource "google_secret_manager_secret_iam_member" "feedback" {
  for_each  = { launcher = local.launcher, worker = local.worker }
  secret_id = google_secret_manager_secret.feedback.id
  role      = "roles/secretmanager.secretAccessor"
  member    = each.value
}

# The launcher of the Flex Template runs as the worker and fetches its image.
resource "google_artifact_registry_repository_iam_member" "worker" {
  project    = var.project
  location   = google_artifact_registry_repository.attune.location
  repository = google_artifact_registry_repository.attune.name
  role       = "roles/artifactregistry.reader"
  member     = local.worker
}

resource "google_cloud_run_v2_job_iam_member" "scheduler" {
  count    = local.ready ? 1 : 0
  project  = var.project
  location = google_cloud_run_v2_job.run[0].location
  name     = google_cloud_run_v2_job.run[0].name
  role     = "roles/run.invoker"
  member   = "serviceAccount:${google_service_account.scheduler.email}"
}
