/**
 * S3: buckets, objects, versions, multipart uploads, lifecycle; where trails deliver and people look. Objects lie in the
 * store as encrypted chunks (docs/decisions/0501-objects-as-chunks.md).
 */
@NullMarked
package belfry.buckets;

import org.jspecify.annotations.NullMarked;
