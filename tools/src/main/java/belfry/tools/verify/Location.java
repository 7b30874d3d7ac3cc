package belfry.tools.verify;

/** Where an object lies, or lay when it was delivered. */
record Location(String bucket, String key) {
    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
