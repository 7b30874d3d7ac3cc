package belfry.wire;

import java.util.List;
import java.util.Map;

/** S3's own way of refusing inputs: codes per place instead of a list of constraints. */
final class RestValidator {
    private RestValidator() {}

    /** @throws ServiceException for the first violation */
    static void check(Shape shape, Struct struct) {
        Member payload = shape.payload();
        for (Member member : shape.members()) {
            Object value = struct.getAt(member.index());
            boolean document = member.equals(payload) || member.location() == Member.Location.BODY;
            if (value == null && member.required()) {
                throw missing(member, document);
            }
            if (value != null && document) {
                document(member.target(), value);
            } else if (value != null) {
                bound(member, value);
            }
        }
    }

    private static ServiceException missing(Member member, boolean document) {
        return document
                ? ServiceException.of("MissingRequestBodyError", "Request Body is empty")
                : ServiceException.of(
                        "InvalidRequest", "Missing required value for this request: " + member.wireName());
    }

    private static void bound(Member member, Object value) {
        if (!Constraint.broken(member.target(), value).isEmpty()) {
            String code = ServiceTraits.enumerationCode(member.wireName());
            String message = code.equals("InvalidStorageClass")
                    ? "The storage class you specified is not valid"
                    : "Invalid value for " + member.wireName();
            throw ServiceException.of(code, message)
                    .with("ArgumentName", member.wireName())
                    .with("ArgumentValue", value.toString());
        }
    }

    private static void document(Shape shape, Object value) {
        switch (shape.kind()) {
            case STRUCTURE -> {
                for (Member member : shape.members()) {
                    Object inner = ((Struct) value).getAt(member.index());
                    if (inner != null) {
                        document(member.target(), inner);
                    } else if (member.required()) {
                        throw XmlReader.malformed();
                    }
                }
            }
            case LIST ->
                ((List<?>) value).forEach(item -> document(shape.element().target(), item));
            case MAP ->
                ((Map<?, ?>) value)
                        .values()
                        .forEach(item -> document(shape.value().target(), item));
            case STRING, INTEGER, LONG, FLOAT, DOUBLE, BOOLEAN, TIMESTAMP -> {
                if (!Constraint.broken(shape, value).isEmpty()) {
                    throw XmlReader.malformed();
                }
            }
            case BLOB -> {}
        }
    }
}
