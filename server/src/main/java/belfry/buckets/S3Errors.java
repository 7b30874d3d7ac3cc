package belfry.buckets;

import belfry.wire.ServiceException;

/** S3's errors in its own words, with the elements that it adds. */
final class S3Errors {
    private S3Errors() {}

    static ServiceException noSuchBucket(String bucket) {
        return ServiceException.of("NoSuchBucket", 404, "The specified bucket does not exist")
                .with("BucketName", bucket);
    }

    static ServiceException noSuchKey(String key) {
        return ServiceException.of("NoSuchKey", 404, "The specified key does not exist.")
                .with("Key", key);
    }

    static ServiceException noSuchVersion(String key, String version) {
        return ServiceException.of("NoSuchVersion", 404, "The specified version does not exist.")
                .with("Key", key)
                .with("VersionId", version);
    }

    static ServiceException noSuchUpload(String upload) {
        return ServiceException.of(
                        "NoSuchUpload",
                        404,
                        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been"
                                + " aborted or completed.")
                .with("UploadId", upload);
    }

    static ServiceException accessDenied() {
        return ServiceException.of("AccessDenied", 403, "Access Denied");
    }

    static ServiceException invalidArgument(String message, String name, String value) {
        return ServiceException.of("InvalidArgument", 400, message)
                .with("ArgumentName", name)
                .with("ArgumentValue", value);
    }

    static ServiceException invalidRequest(String message) {
        return ServiceException.of("InvalidRequest", 400, message);
    }

    static ServiceException malformedXml() {
        return ServiceException.of(
                "MalformedXML",
                400,
                "The XML you provided was not well-formed or did not validate against our published schema");
    }

    static ServiceException preconditionFailed(String condition) {
        return ServiceException.of(
                        "PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold")
                .with("Condition", condition);
    }

    /** What S3 has and Belfry has not: refused, never taken and ignored. */
    static ServiceException notImplemented(String what) {
        return ServiceException.of("NotImplemented", 400, what + " is not implemented by Belfry.");
    }
}
