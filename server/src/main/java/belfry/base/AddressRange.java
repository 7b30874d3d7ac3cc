package belfry.base;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Neighbouring IP addresses: {@code 10.0.0.0/8}. */
public final class AddressRange {
    private final byte[] address;
    private final int bits;

    private AddressRange(byte[] address, int bits) {
        this.address = address;
        this.bits = bits;
    }

    /**
     * Reads {@code 10.0.0.0/8}; a plain address is a range of one.
     *
     * @throws IllegalArgumentException where it is none
     */
    public static AddressRange parse(String text) {
        String[] parts = text.strip().split("/", 2);
        if (!parts[0].matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw new IllegalArgumentException("'" + text + "' is no range of addresses such as 10.0.0.0/8");
        }
        try {
            byte[] address = InetAddress.getByName(parts[0]).getAddress();
            int bits = parts.length == 1 ? address.length * 8 : Integer.parseInt(parts[1]);
            if (bits < 0 || bits > address.length * 8) {
                throw new IllegalArgumentException("'" + text + "' has more bits than an address");
            }
            return new AddressRange(address, bits);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no range of addresses such as 10.0.0.0/8", e);
        }
    }

    /** Whether an address, as four or sixteen bytes, lies in it. */
    public boolean holds(byte[] other) {
        if (other.length != address.length) {
            return false;
        }
        int whole = bits / 8;
        if (!Arrays.equals(address, 0, whole, other, 0, whole)) {
            return false;
        }
        int mask = (0xFF00 >> (bits % 8)) & 0xFF;
        return bits % 8 == 0 || (address[whole] & mask) == (other[whole] & mask);
    }

    /**
     * Reads ranges with commas between.
     *
     * @throws IllegalArgumentException where one of them is none
     */
    public static List<AddressRange> list(String text) {
        return Stream.of(text.split(",")).map(AddressRange::parse).toList();
    }
}
