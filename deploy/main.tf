locals {
  # Whether the images are pushed, so that what runs them can be created.
  ready         = var.launcher_image != ""
  is_scheduled  = var.template_schedule != ""
  template_spec = "gs://${google_storage_bucket.attune.name}/templates/prepare.json"

  services = [
    "aiplatform.googleapis.com",
    "artifactregistry.googleapis.com",
    "cloudscheduler.googleapis.com",
    "compute.googleapis.com",
    "dataflow.googleapis.com",
    "run.googleapis.com",
    "secretmanager.googleapis.com",
    "sqladmin.googleapis.com",
    "storage.googleapis.com",
  ]
}

resource "google_project_service" "used" {
  for_each           = toset(local.services)
  service            = each.value
  disable_on_destroy = false
}

# Configuration, sources, datasets, evaluations, the env file and the template's spec file.
resource "google_storage_bucket" "attune" {
  name                        = var.bucket
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = false

  versioning {
    enabled = true
  }

  # What killed runs leave: docs/storage.md. No prefix may be a folder of datasets itself.
  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      age            = 7
      matches_prefix = flatten([for name in var.datasets : ["${var.output_directory}/${name}/.tmp.", "${var.output_directory}/${name}/.lock."]])
    }
  }

  # What Dataflow stages: the libraries, and the graphs of its jobs.
  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      age            = 14
      matches_prefix = ["dataflow/"]
    }
  }

  # Versions that were replaced or deleted, such as those of the env file.
  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      days_since_noncurrent_time = 30
    }
  }

  depends_on = [google_project_service.used]
}

resource "google_artifact_registry_repository" "attune" {
  location      = var.region
  repository_id = "attune"
  description   = "Images of Attune: launcher and template."
  format        = "DOCKER"

  cleanup_policies {
    id     = "keep-recent"
    action = "KEEP"
    most_recent_versions {
      keep_count = 5
    }
  }
  cleanup_policies {
    id     = "delete-old"
    action = "DELETE"
    condition {
      older_than = "7776000s"
    }
  }

  depends_on = [google_project_service.used]
}

# The password of the feedback database. Its value is added by hand, so that it is not in the state.
resource "google_secret_manager_secret" "feedback" {
  secret_id = "attune-feedback"
  replication {
    auto {}
  }
  depends_on = [google_project_service.used]
}
