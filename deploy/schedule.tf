# attune run. It keeps nothing on its disk.
resource "google_cloud_run_v2_job" "run" {
  count               = local.ready ? 1 : 0
  name                = "attune-run"
  location            = var.region
  deletion_protection = false

  template {
    task_count = 1
    template {
      service_account = google_service_account.launcher.email
      timeout         = "${var.run_hours * 3600}s"
      # A retry continues after the last step; nothing is paid twice.
      max_retries = 1
      containers {
        image = var.launcher_image
        args  = concat(["run", "--config", "gs://${google_storage_bucket.attune.name}/attune.yaml", "--max-cost", tostring(var.max_cost_usd)], var.run_options)
        resources {
          limits = {
            cpu    = var.cpu
            memory = var.memory
          }
        }
      }
    }
  }

  depends_on = [google_sql_user.launcher]
}

# A tick beside a run that is still at work does nothing and ends with 0.
resource "google_cloud_scheduler_job" "run" {
  count            = local.ready ? 1 : 0
  name             = "attune-run"
  description      = "Starts attune run."
  region           = var.region
  schedule         = var.run_schedule
  time_zone        = var.time_zone
  attempt_deadline = "60s"

  retry_config {
    retry_count = 3
  }

  http_target {
    http_method = "POST"
    uri         = "https://run.googleapis.com/v2/projects/${var.project}/locations/${var.region}/jobs/${google_cloud_run_v2_job.run[0].name}:run"
    headers     = { "Content-Type" = "application/json" }
    body        = base64encode(file("${path.module}/run-job.json"))
    oauth_token {
      service_account_email = google_service_account.scheduler.email
    }
  }
}

# Prepares a dataset on Dataflow without attune run. The job has the same name at each launch, so that
# Dataflow refuses a second one (409) while one is active. Not google_dataflow_flex_template_job: that
# starts a batch job at every apply after the last one has ended.
resource "google_cloud_scheduler_job" "template" {
  count            = local.is_scheduled ? 1 : 0
  name             = "attune-template"
  description      = "Launches the Flex Template that prepares a dataset."
  region           = var.region
  schedule         = var.template_schedule
  time_zone        = var.time_zone
  attempt_deadline = "180s"

  retry_config {
    retry_count = 1
  }

  http_target {
    http_method = "POST"
    uri         = "https://dataflow.googleapis.com/v1b3/projects/${var.project}/locations/${var.region}/flexTemplates:launch"
    headers     = { "Content-Type" = "application/json" }
    body = base64encode(templatefile("${path.module}/launch-template.json.tftpl", {
      job_name        = "attune-${var.template_dataset}"
      template_spec   = local.template_spec
      config          = "gs://${google_storage_bucket.attune.name}/${var.template_config}"
      staging         = "gs://${google_storage_bucket.attune.name}/dataflow/staging"
      temp            = "gs://${google_storage_bucket.attune.name}/dataflow/tmp"
      service_account = google_service_account.worker.email
      max_workers     = var.max_workers
      dataset         = var.template_dataset
    }))
    oauth_token {
      service_account_email = google_service_account.template[0].email
    }
  }
}
