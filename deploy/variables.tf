variable "project" {
  description = "Id of the Google Cloud project. Everything is created in it."
  type        = string
}

variable "region" {
  description = "Region of the bucket, the ledger, the images and the jobs. Take one in which Vertex AI tunes the base model, so that no bytes cross regions."
  type        = string
  default     = "us-central1"
}

variable "bucket" {
  description = "Name of the bucket for the configuration, sources and datasets. Names of buckets are unique in the whole world."
  type        = string
}

variable "datasets" {
  description = "The value of dataset in each attune.yaml of the bucket. Temporary objects of these datasets are removed after 7 days."
  type        = list(string)

  validation {
    condition     = length(var.datasets) > 0
    error_message = "Name at least one dataset, as attune.yaml does."
  }
}

variable "output_directory" {
  description = "The value of output.directory in attune.yaml, relative to the bucket, without a slash at its end."
  type        = string
  default     = "datasets"
}

variable "launcher_image" {
  description = "Image of attune run, as the build has pushed it, with its digest: REGION-docker.pkg.dev/PROJECT/attune/launcher@sha256:DIGEST. Empty at the first apply, which creates the registry; the jobs are created as soon as it is set."
  type        = string
  default     = ""
}

variable "max_cost_usd" {
  description = "attune run refuses to tune when the estimate is above this amount in US dollars."
  type        = number
  default     = 20
}

variable "run_options" {
  description = "Further options of attune run."
  type        = list(string)
  default     = []
}

variable "run_schedule" {
  description = "When attune run starts, in the format of cron."
  type        = string
  default     = "15 2 * * *"
}

variable "time_zone" {
  description = "Time zone of the schedules, by its name in the tz database."
  type        = string
  default     = "Etc/UTC"
}

variable "run_hours" {
  description = "A run that takes longer is ended; the next one continues after its last step. Waiting for a tuning job counts. At most 168."
  type        = number
  default     = 48

  validation {
    condition     = var.run_hours >= 1 && var.run_hours <= 168
    error_message = "Cloud Run ends a task after 168 hours at the latest."
  }
}

variable "cpu" {
  description = "Processors of the task that runs attune run: 1, 2, 4 or 8."
  type        = string
  default     = "2"
}

variable "memory" {
  description = "Memory of the task. Files count, too. Seven tenths of it are the heap, which must hold the records unless they are prepared on Dataflow."
  type        = string
  default     = "8Gi"
}

variable "ledger_tier" {
  description = "Machine of the PostgreSQL instance of the ledger. The ledger is small; the smallest machine does."
  type        = string
  default     = "db-f1-micro"
}

variable "template_schedule" {
  description = "When the Flex Template prepares a dataset on Dataflow, in the format of cron. Empty: never. Do not use it for a dataset that attune run prepares."
  type        = string
  default     = ""

  validation {
    condition     = var.template_schedule == "" || var.template_dataset != ""
    error_message = "A schedule of the template needs template_dataset."
  }
}

variable "template_dataset" {
  description = "The dataset that the scheduled template prepares: part of the name of the Dataflow job, so that a second launch is refused while the first one runs."
  type        = string
  default     = ""
}

variable "template_config" {
  description = "Name in the bucket of the attune.yaml that the scheduled template uses."
  type        = string
  default     = "attune.yaml"
}

variable "max_workers" {
  description = "The most workers of a Dataflow job that the template launches."
  type        = number
  default     = 20
}
