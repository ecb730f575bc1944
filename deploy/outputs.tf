output "bucket" {
  description = "Where attune.yaml and the sources go."
  value       = "gs://${google_storage_bucket.attune.name}"
}

output "registry" {
  description = "Where the build pushes the images: -Dattune.registry=VALUE."
  value       = "${google_artifact_registry_repository.attune.location}-docker.pkg.dev/${var.project}/${google_artifact_registry_repository.attune.repository_id}"
}

output "ledger" {
  description = "The section ledger of attune.yaml."
  value       = "{jdbcUrl: \"jdbc:postgresql:///${google_sql_database.ledger.name}?cloudSqlInstance=${google_sql_database_instance.ledger.connection_name}&socketFactory=com.google.cloud.sql.postgres.SocketFactory&enableIamAuth=true\", username: ${google_sql_user.launcher.name}}"
}

output "feedback_secret" {
  description = "For passwordSecret in attune.yaml; followed by the number of the version."
  value       = "${google_secret_manager_secret.feedback.name}/versions/"
}

output "template" {
  description = "Where the template's spec file goes: attune template --to VALUE."
  value       = local.template_spec
}
