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

data "aws_iam_policy_document" "bucket" {
  statement {
    sid       = "CloudTrailLooksAtTheAcl"
    actions   = ["s3:GetBucketAcl"]
    resources = [aws_s3_bucket.trail.arn]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }

    # Only on behalf of this trail: no other account's CloudTrail can be talked into writing here.
    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = [local.trail_arn]
    }
  }

  statement {
    sid       = "CloudTrailWrites"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.trail.arn}/AWSLogs/${local.account}/*"]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = [local.trail_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "s3:x-amz-acl"
      values   = ["bucket-owner-full-control"]
    }
  }

  # Nobody speaks to the bucket in the clear. Over a plain http endpoint nobody could speak to it at all.
  dynamic "statement" {
    for_each = startswith(var.endpoint, "http://") ? [] : [true]

    content {
      sid       = "DenyInsecureTransport"
      effect    = "Deny"
      actions   = ["s3:*"]
      resources = [aws_s3_bucket.trail.arn, "${aws_s3_bucket.trail.arn}/*"]

      principals {
        type        = "*"
        identifiers = ["*"]
      }

      condition {
        test     = "Bool"
        variable = "aws:SecureTransport"
        values   = ["false"]
      }
    }
  }
}

resource "aws_s3_bucket_policy" "trail" {
  bucket = aws_s3_bucket.trail.id
  policy = data.aws_iam_policy_document.bucket.json

  # S3 refuses a policy while it settles who may set one.
  depends_on = [aws_s3_bucket_public_access_block.trail]
}

locals {
  log_group_name = "/${var.name}/cloudtrail"
}

resource "aws_cloudwatch_log_group" "trail" {
  name              = local.log_group_name
  retention_in_days = var.log_retention_days
  kms_key_id        = one(aws_kms_key.this[*].arn)
}

# CloudTrail becomes this role to write into the log group.
data "aws_iam_policy_document" "cloudtrail_becomes" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = [local.trail_arn]
    }
  }
}

data "aws_iam_policy_document" "cloudtrail_writes" {
  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.trail.arn}:log-stream:${local.account}_CloudTrail_${var.region}*"]
  }
}

resource "aws_iam_role" "cloudtrail" {
  name               = "${var.name}-cloudtrail"
  description        = "CloudTrail writes ${local.trail_name} into its log group"
  assume_role_policy = data.aws_iam_policy_document.cloudtrail_becomes.json
}

resource "aws_iam_role_policy" "cloudtrail" {
  name   = "write-logs"
  role   = aws_iam_role.cloudtrail.id
  policy = data.aws_iam_policy_document.cloudtrail_writes.json
}

resource "aws_cloudtrail" "this" {
  name                          = local.trail_name
  s3_bucket_name                = aws_s3_bucket.trail.id
  is_multi_region_trail         = true
  include_global_service_events = true
  enable_log_file_validation    = var.file_validation
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
