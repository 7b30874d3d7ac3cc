terraform {
  # 1.11: write-only arguments, which keep the secret's value out of the state.
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

# One configuration for both worlds: with an endpoint every service is asked there, without one it is AWS.
provider "aws" {
  region = var.region

  default_tags {
    tags = merge({ Project = var.name, ManagedBy = "terraform" }, var.tags)
  }

  dynamic "endpoints" {
    for_each = local.on_aws ? [] : [var.endpoint]

    content {
      cloudtrail     = endpoints.value
      cloudwatch     = endpoints.value
      events         = endpoints.value
      iam            = endpoints.value
      kms            = endpoints.value
      logs           = endpoints.value
      s3             = endpoints.value
      secretsmanager = endpoints.value
      sns            = endpoints.value
      sqs            = endpoints.value
      sts            = endpoints.value
    }
  }

  # An endpoint without wildcard DNS has its buckets in the path; nor is there an instance that could give credentials.
  s3_use_path_style       = !local.on_aws
  skip_metadata_api_check = local.on_aws ? null : true
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  on_aws    = var.endpoint == ""
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition

  # ARNs that are needed before what they name exists: policies must stand before the trail and the alarms do.
  trail_arn  = "arn:${local.partition}:cloudtrail:${var.region}:${local.account}:trail/${local.trail_name}"
  trail_name = "${var.name}-trail"
}
