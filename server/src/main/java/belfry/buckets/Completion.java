package belfry.buckets;

import belfry.api.s3.CompleteMultipartUploadRequest;
import belfry.api.s3.CompletedPart;
import belfry.wire.ServiceException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a multipart upload comes to: the parts that the client lists, checked as S3 checks them.
 *
 * @param used in the order of their numbers
 * @param unused uploaded, and not listed
 */
record Completion(UploadRow upload, List<PartRow> used, List<PartRow> unused) {
    /** Every part but the last has at least this. */
    static final long PART_BYTES_MIN = 5L * 1024 * 1024;

    static Completion of(UploadRow upload, List<CompletedPart> wanted, List<PartRow> uploaded) {
        Map<Integer, PartRow> rest = new TreeMap<>();
        uploaded.forEach(part -> rest.put(part.number(), part));
        List<PartRow> used = new ArrayList<>();
        int before = 0;
        for (CompletedPart part : wanted) {
            int number = part.partNumber() == null ? 0 : part.partNumber();
            if (number <= before) {
                throw ServiceException.of(
                                "InvalidPartOrder",
                                400,
                                "The list of parts was not in ascending order. Parts must be ordered by part number.")
                        .with("UploadId", upload.id());
            }
            before = number;
            used.add(check(part, rest.remove(number), upload));
        }
        checkSizes(used);
        return new Completion(upload, List.copyOf(used), List.copyOf(rest.values()));
    }

    private static PartRow check(CompletedPart wanted, @Nullable PartRow part, UploadRow upload) {
        String etag = wanted.eTag() == null ? "" : wanted.eTag().replace("\"", "");
        String checksum = Checksums.value(wanted, upload.partAlgorithm());
        boolean same = part != null
                && part.etag().equals(etag)
                && (checksum == null || checksum.equals(part.checksum().value()));
        if (part == null || !same) {
            throw ServiceException.of(
                            "InvalidPart",
                            400,
                            "One or more of the specified parts could not be found.  The part may not have been uploaded,"
                                    + " or the specified entity tag may not match the part's entity tag.")
                    .with("UploadId", upload.id())
                    .with("PartNumber", String.valueOf(wanted.partNumber()))
                    .with("ETag", etag);
        }
        return part;
    }

    private static void checkSizes(List<PartRow> used) {
        for (PartRow part : used.subList(0, used.size() - 1)) {
            if (part.size() < PART_BYTES_MIN) {
                throw ServiceException.of(
                                "EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size")
                        .with("ETag", part.etag())
                        .with("MinSizeAllowed", PART_BYTES_MIN)
                        .with("ProposedSize", part.size())
                        .with("PartNumber", part.number());
            }
        }
    }

    long size() {
        return used.stream().mapToLong(PartRow::size).sum();
    }

    /** The MD5 of the parts' MD5s, and their count. */
    String etag() {
        Digest md5 = Algorithm.MD5.start();
        for (PartRow part : used) {
            byte[] bytes = HexFormat.of().parseHex(part.etag());
            md5.update(bytes, 0, bytes.length);
        }
        return HexFormat.of().formatHex(md5.finish()) + "-" + used.size();
    }

    ObjectChecksum checksum() {
        return ObjectChecksum.ofParts(
                upload.partAlgorithm(),
                upload.composite(),
                used.stream().map(PartRow::checksum).toList(),
                used.stream().map(PartRow::size).toList());
    }

    /** What the client says of the whole must be true. */
    void verify(CompleteMultipartUploadRequest in) {
        if (in.mpuObjectSize() != null && in.mpuObjectSize() != size()) {
            throw S3Errors.invalidRequest("The provided 'x-amz-mp-object-size' header value " + in.mpuObjectSize()
                    + " does not match what was computed: " + size());
        }
        if (in.checksumType() != null && !in.checksumType().equals(upload.checksumType())) {
            throw S3Errors.invalidRequest("The upload was created using the " + upload.checksumType()
                    + " checksum mode. The complete request must use the same checksum mode.");
        }
        String claimed = Checksums.value(in, upload.partAlgorithm());
        String computed = checksum().value();
        if (claimed != null && !claimed.equals(computed) && !computed.startsWith(claimed + "-")) {
            throw ServiceException.of(
                    "BadDigest",
                    400,
                    "The " + upload.partAlgorithm().header().substring("x-amz-checksum-".length())
                            + " you specified did not match the calculated checksum.");
        }
    }
}
