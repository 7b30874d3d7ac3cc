# Every call of every region is recorded: in a bucket, where it lasts, and in a log group, where it is looked at.

resource "aws_s3_bucket" "trail" {
  bucket        = "${var.name}-${local.account}-${var.region}"
  force_destroy = true # the example goes without a trace; leave this out where records must outlive the configuration
}

resource "aws_s3_bucket_public_access_block" "trail" {
  bucket = aws_s3_bucket.trail.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "trail" {
  bucket = aws_s3_bucket.trail.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "trail" {
  bucket = aws_s3_bucket.trail.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "trail" {
  bucket = aws_s3_bucket.trail.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "trail" {
  bucket = aws_s3_bucket.trail.id

  rule {
    id     = "a-year-then-gone"
    status = "Enabled"

    filter {
      prefix = "AWSLogs/"
    }

    transition {
      days          = 90
      storage_class = "STANDARD_IA"
    }

    expiration {
      days = 365
    }

    noncurrent_version_expiration {
      noncurrent_days = 30
    }
  }

  # What versions are kept decides what the rule's last part means.
  depends_on = [aws_s3_bucket_versioning.trail]
}

resource "aws_s3_bucket_policy" "trail" {
  bucket = aws_s3_bucket.trail.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        # Only on behalf of this trail: no other account's CloudTrail can be talked into writing here.
        {
          Sid       = "CloudTrailLooksAtTheAcl"
          Effect    = "Allow"
          Principal = { Service = "cloudtrail.amazonaws.com" }
          Action    = "s3:GetBucketAcl"
          Resource  = aws_s3_bucket.trail.arn
          Condition = { StringEquals = { "aws:SourceArn" = local.trail_arn } }
        },
        {
          Sid       = "CloudTrailWrites"
          Effect    = "Allow"
          Principal = { Service = "cloudtrail.amazonaws.com" }
          Action    = "s3:PutObject"
          Resource  = "${aws_s3_bucket.trail.arn}/AWSLogs/${local.account}/*"
          Condition = {
            StringEquals = {
              "aws:SourceArn" = local.trail_arn
              "s3:x-amz-acl"  = "bucket-owner-full-control"
            }
          }
        },
      ],
      # Nobody speaks to the bucket in the clear. Over a plain http endpoint nobody could speak to it at all.
      [for secure in [!startswith(var.endpoint, "http://")] : {
        Sid       = "DenyInsecureTransport"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.trail.arn, "${aws_s3_bucket.trail.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      } if secure],
    )
  })

  # S3 refuses a policy while it settles who may set one.
  depends_on = [aws_s3_bucket_public_access_block.trail]
}

locals {
  log_group_name = "/${var.name}/cloudtrail"
  log_group_arn  = "arn:${local.partition}:logs:${var.region}:${local.account}:log-group:${local.log_group_name}"
}

resource "aws_cloudwatch_log_group" "trail" {
  name              = local.log_group_name
  retention_in_days = var.log_retention_days
  kms_key_id        = one(aws_kms_key.this[*].arn)
}

# CloudTrail becomes this role to write into the log group.
resource "aws_iam_role" "cloudtrail" {
  name        = "${var.name}-cloudtrail"
  description = "CloudTrail writes ${local.trail_name} into its log group"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceArn" = local.trail_arn } }
    }]
  })
}

resource "aws_iam_role_policy" "cloudtrail" {
  name = "write-logs"
  role = aws_iam_role.cloudtrail.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.trail.arn}:log-stream:${local.account}_CloudTrail_${var.region}*"
    }]
  })
}

resource "aws_cloudtrail" "this" {
  name                          = local.trail_name
  s3_bucket_name                = aws_s3_bucket.trail.id
  is_multi_region_trail         = true
  include_global_service_events = true
  enable_log_file_validation    = var.file_validation
  kms_key_id                    = one(aws_kms_key.this[*].arn)
  sns_topic_name                = var.announce_files ? aws_sns_topic.alerts.name : null

  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*" # CloudTrail wants it with the star
  cloud_watch_logs_role_arn  = aws_iam_role.cloudtrail.arn

  # All management events but KMS's: each read of a secret makes a Decrypt, which says nothing more and costs the same.
  event_selector {
    read_write_type                  = "All"
    include_management_events        = true
    exclude_management_event_sources = ["kms.amazonaws.com"]
  }

  dynamic "insight_selector" {
    for_each = var.insights ? ["ApiCallRateInsight", "ApiErrorRateInsight"] : []

    content {
      insight_type = insight_selector.value
    }
  }

  # CloudTrail tries them all when the trail is made, and refuses where it may not write.
  depends_on = [aws_s3_bucket_policy.trail, aws_iam_role_policy.cloudtrail, aws_sns_topic_policy.alerts]
}
