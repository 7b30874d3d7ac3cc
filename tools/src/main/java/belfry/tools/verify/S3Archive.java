package belfry.tools.verify;

import belfry.tools.SdkWords;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** A bucket, or what lies below a prefix of it. */
final class S3Archive implements Archive {
    private final S3Client s3;
    private final String bucket;
    private final String prefix;

    S3Archive(S3Client s3, String bucket, String prefix) {
        this.s3 = s3;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    @Override
    public void list(Consumer<Location> each) throws IOException {
        try {
            s3.listObjectsV2Paginator(in -> in.bucket(bucket).prefix(prefix))
                    .contents()
                    .forEach(object -> each.accept(new Location(bucket, object.key())));
        } catch (SdkException e) {
            throw new IOException("s3://" + bucket + " cannot be listed: " + SdkWords.reason(e), e);
        }
    }

    @Override
    public Optional<Content> open(Location where) throws IOException {
        try {
            var object = s3.getObject(in -> in.bucket(where.bucket()).key(where.key()));
            return Optional.of(new Content(object, object.response().metadata()));
        } catch (NoSuchKeyException | NoSuchBucketException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw new IOException(where + " cannot be read: " + SdkWords.reason(e), e);
        }
    }

    /** Any bucket can be asked: a trail's may have changed. */
    @Override
    public boolean covers(Location where) {
        return true;
    }

    @Override
    public boolean hasMetadata() {
        return true;
    }

    @Override
    public void close() {
        s3.close();
    }
}
