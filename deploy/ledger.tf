# The ledger: what was tuned, promoted and paid for. It has no password: the launcher logs in by IAM.
resource "google_sql_database_instance" "ledger" {
  name                = "attune-ledger"
  region              = var.region
  database_version    = "POSTGRES_16"
  deletion_protection = true

  settings {
    tier              = var.ledger_tier
    edition           = "ENTERPRISE"
    availability_type = "ZONAL"
    disk_size         = 10
    disk_autoresize   = true

    backup_configuration {
      enabled                        = true
      point_in_time_recovery_enabled = true
    }

    # No network is authorised: only Cloud SQL's connectors come in, with TLS and IAM.
    ip_configuration {
      ipv4_enabled = true
      ssl_mode     = "ENCRYPTED_ONLY"
    }

    database_flags {
      name  = "cloudsql.iam_authentication"
      value = "on"
    }
  }

  depends_on = [google_project_service.used]
}

resource "google_sql_database" "ledger" {
  name     = "attune"
  instance = google_sql_database_instance.ledger.name
}

resource "google_sql_user" "launcher" {
  name     = trimsuffix(google_service_account.launcher.email, ".gserviceaccount.com")
  instance = google_sql_database_instance.ledger.name
  type     = "CLOUD_IAM_SERVICE_ACCOUNT"
  # It owns the tables that it has created, so PostgreSQL would not let it go.
  deletion_policy = "ABANDON"
}
