variable "endpoint" {
  description = "Where every AWS API is asked, such as http://127.0.0.1:4566 for Belfry. Empty: AWS itself."
  type        = string
  default     = ""
}

variable "region" {
  description = "The region of everything; the trail records all regions."
  type        = string
  default     = "us-east-1"
}

variable "name" {
  description = "What every name begins with, so that several copies can stand beside one another."
  type        = string
  default     = "secret-watch"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,20}$", var.name))
    error_message = "Bucket names are made of it: lower-case letters, digits and hyphens, at most 21."
  }
}

variable "email" {
  description = "Who is told. The address must follow the link in the confirmation mail."
  type        = string
}

variable "secret_value" {
  description = "The secret's value. It goes to Secrets Manager and nowhere else: neither plan nor state holds it."
  type        = string
  sensitive   = true
  ephemeral   = true
}

variable "secret_value_version" {
  description = "Raise it to store a changed value: Terraform cannot see the change itself."
  type        = number
  default     = 1
}

variable "customer_key" {
  description = "Encrypt the secret, the log group and the trail's files with a KMS key of your own (1 USD a month on AWS)."
  type        = bool
  default     = true
}

variable "reader_access_key" {
  description = "Make an access key for the reading user. Its secret part lies in the state: guard that, or use a role."
  type        = bool
  default     = false
}

variable "file_validation" {
  description = "Let CloudTrail sign what it delivers, so that `aws cloudtrail validate-logs` finds any change."
  type        = bool
  default     = true
}

variable "insights" {
  description = "Let CloudTrail look for unusual rates of calls and errors (charged by the number of calls)."
  type        = bool
  default     = true
}

variable "announce_files" {
  description = "Let CloudTrail tell the topic of each file that it delivers: a message every five minutes."
  type        = bool
  default     = false
}

variable "log_retention_days" {
  description = "How long CloudWatch Logs keeps the records; the bucket keeps them for a year."
  type        = number
  default     = 90
}

variable "watched_calls" {
  description = "The calls to Secrets Manager that count as reading a secret."
  type        = list(string)
  default     = ["GetSecretValue", "BatchGetSecretValue"]
}

variable "alarm_statistic" {
  description = "How an alarm sums a period up. Average is the classic mistake: one read among other calls stays below 1."
  type        = string
  default     = "Sum"
}

variable "alarm_period" {
  description = "Seconds that one datapoint of an alarm covers."
  type        = number
  default     = 60
}

variable "queue_filter" {
  description = "What of the topic the queue gets, as a filter policy on message attributes; empty: everything."
  type        = map(list(string))
  default     = {}
}

variable "direct_rule_state" {
  description = <<-EOT
    ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS hears of reads. ENABLED does not: GetSecretValue is a read-only call,
    and EventBridge keeps those back. DISABLED hears nothing.
  EOT
  type        = string
  default     = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
}

variable "direct_readable" {
  description = "Whether the direct mail is a sentence; false: the whole record as JSON."
  type        = bool
  default     = true
}

variable "tags" {
  description = "More tags for everything."
  type        = map(string)
  default     = {}
}
