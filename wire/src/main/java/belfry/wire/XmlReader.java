package belfry.wire;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads restXml bodies along a shape. No document type, no entities, no external anything. An element that the shape
 * does not know is refused, as S3 does by its schema: a setting that we would not keep must not look accepted.
 */
final class XmlReader {
    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader in;

    private XmlReader(XMLStreamReader in) {
        this.in = in;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("no external entities");
        });
        return factory;
    }

    /** The structure in a document whose root element is {@code root}. */
    static Struct read(Shape shape, String root, byte[] document) {
        try {
            XMLStreamReader in = FACTORY.createXMLStreamReader(new ByteArrayInputStream(document));
            in.nextTag();
            if (!in.getLocalName().equals(root)) {
                throw malformed();
            }
            return new XmlReader(in).structure(shape);
        } catch (XMLStreamException | RuntimeException e) {
            // The JDK's parser answers some broken documents with exceptions of its own.
            throw e instanceof ServiceException known ? known : malformed();
        }
    }

    static ServiceException malformed() {
        return ServiceException.of(
                "MalformedXML",
                "The XML you provided was not well-formed or did not validate against our published schema");
    }

    /** Reads from a start element to its end element. */
    private Struct structure(Shape shape) throws XMLStreamException {
        Struct struct = shape.newStruct();
        for (Member member : shape.members()) {
            if (member.xmlAttribute()) {
                struct.setAt(member.index(), attribute(member.wireName()));
            }
        }
        while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
            Member member = shape.memberOnWire(in.getLocalName());
            if (member == null || member.location() != Member.Location.BODY) {
                throw malformed();
            }
            member(member, struct);
        }
        return struct;
    }

    private @Nullable String attribute(String name) {
        return name.startsWith("xsi:")
                ? in.getAttributeValue(XSI, name.substring("xsi:".length()))
                : in.getAttributeValue(null, name);
    }

    @SuppressWarnings("unchecked") // The member's kind says what its value is.
    private void member(Member member, Struct struct) throws XMLStreamException {
        Shape shape = member.target();
        Object before = struct.getAt(member.index());
        if (member.flattened() && shape.kind() == Shape.Kind.LIST) {
            List<Object> list = before == null ? new ArrayList<>() : (List<Object>) before;
            list.add(value(shape.element().target()));
            struct.setAt(member.index(), list);
        } else if (member.flattened() && shape.kind() == Shape.Kind.MAP) {
            Map<String, Object> map = before == null ? new LinkedHashMap<>() : (Map<String, Object>) before;
            entry(shape, map);
            struct.setAt(member.index(), map);
        } else if (before == null) {
            struct.setAt(member.index(), value(shape));
        } else {
            throw malformed();
        }
    }

    private Object value(Shape shape) throws XMLStreamException {
        return switch (shape.kind()) {
            case STRUCTURE -> structure(shape);
            case LIST -> list(shape);
            case MAP -> map(shape);
            case STRING, INTEGER, LONG, FLOAT, DOUBLE, BOOLEAN, BLOB, TIMESTAMP -> scalar(shape);
        };
    }

    private List<Object> list(Shape shape) throws XMLStreamException {
        List<Object> list = new ArrayList<>();
        String tag = shape.element().wireNameOr("member");
        while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
            if (!in.getLocalName().equals(tag)) {
                throw malformed();
            }
            list.add(value(shape.element().target()));
        }
        return list;
    }

    private Map<String, Object> map(Shape shape) throws XMLStreamException {
        Map<String, Object> map = new LinkedHashMap<>();
        while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
            entry(shape, map);
        }
        return map;
    }

    private void entry(Shape shape, Map<String, Object> map) throws XMLStreamException {
        in.nextTag();
        String key = in.getElementText();
        in.nextTag();
        map.put(key, value(shape.value().target()));
        in.nextTag();
    }

    private Object scalar(Shape shape) throws XMLStreamException {
        Object value = Scalars.parse(shape, in.getElementText());
        if (value == null) {
            throw malformed();
        }
        return value;
    }
}
