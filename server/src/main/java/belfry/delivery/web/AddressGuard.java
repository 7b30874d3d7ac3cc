package belfry.delivery.web;

import belfry.base.AddressRange;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which addresses a subscriber's URL may lead to. Whoever may subscribe could otherwise make this server call what only it
 * can reach: itself, its neighbours, a cloud's metadata service. It is asked about the very address that is connected to,
 * so a name that resolves differently the second time gains nothing.
 */
public final class AddressGuard {
    /** No internal address. */
    public static final AddressGuard PUBLIC_ONLY = new AddressGuard(false, List.of());

    /** Every address: for development. */
    public static final AddressGuard EVERYWHERE = new AddressGuard(true, List.of());

    /** What is not the public network (IANA's special-purpose registries). */
    private static final List<AddressRange> INTERNAL = AddressRange.list(
            "0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, 192.0.0.0/24,"
                    + " 192.0.2.0/24, 192.88.99.0/24, 192.168.0.0/16, 198.18.0.0/15, 198.51.100.0/24, 203.0.113.0/24,"
                    + " 224.0.0.0/4, 240.0.0.0/4, ::/96, 100::/64, 2001::/23, 2001:db8::/32, fc00::/7, fe80::/10,"
                    + " fec0::/10, ff00::/8");

    /** IPv6 addresses that carry an IPv4 one, and where: NAT64 and 6to4. */
    private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96");

    private static final AddressRange LOCAL_NAT64 = AddressRange.parse("64:ff9b:1::/48");
    private static final AddressRange SIX_TO_FOUR = AddressRange.parse("2002::/16");

    private final boolean everywhere;
    private final List<AddressRange> allowed;

    private AddressGuard(boolean everywhere, List<AddressRange> allowed) {
        this.everywhere = everywhere;
        this.allowed = List.copyOf(allowed);
    }

    /**
     * Reads the option: {@code none}, {@code all}, or ranges of internal addresses that are allowed, with commas between.
     *
     * @throws IllegalArgumentException where it is none of these
     */
    public static AddressGuard parse(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "none" -> PUBLIC_ONLY;
            case "all" -> EVERYWHERE;
            default -> new AddressGuard(false, AddressRange.list(text));
        };
    }

    /** Why this address must not be called; empty where it may. */
    public Optional<String> refusal(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (everywhere || allowed.stream().anyMatch(range -> range.holds(bytes)) || !internal(bytes)) {
            return Optional.empty();
        }
        return Optional.of(
                address.getHostAddress() + " is an internal address; the server calls none but those that its"
                        + " option --internal-endpoints names");
    }

    private static boolean internal(byte[] bytes) {
        if (INTERNAL.stream().anyMatch(range -> range.holds(bytes)) || LOCAL_NAT64.holds(bytes)) {
            return true;
        }
        if (NAT64.holds(bytes)) {
            return internal(Arrays.copyOfRange(bytes, 12, 16));
        }
        return SIX_TO_FOUR.holds(bytes) && internal(Arrays.copyOfRange(bytes, 2, 6));
    }
}
