package belfry.delivery.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.100.100.200",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "fd00:ec2::254",
                "fe80::1",
                "ff02::1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "2002:7f00:1::",
                "2002:a9fe:a9fe::1",
                "2001:db8::1"
            })
    void internalAddressesAreRefused(String address) {
        assertThat(AddressGuard.PUBLIC_ONLY.refusal(InetAddress.ofLiteral(address)))
                .isPresent();
        assertThat(AddressGuard.EVERYWHERE.refusal(InetAddress.ofLiteral(address)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "172.15.255.255",
                "172.32.0.1",
                "100.63.0.1",
                "100.128.0.1",
                "169.253.1.1",
                "192.167.1.1",
                "2606:4700::1111",
                "64:ff9b::808:808",
                "2002:808:808::1"
            })
    void publicAddressesAreCalled(String address) {
        assertThat(AddressGuard.PUBLIC_ONLY.refusal(InetAddress.ofLiteral(address)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/8", "192.168.1.0/24,10.64.0.0/10", "10.64.0.7", " 10.64.0.0/29 "})
    void rangesCanBeAllowed(String ranges) {
        AddressGuard guard = AddressGuard.parse(ranges);
        assertThat(guard.refusal(InetAddress.ofLiteral("10.64.0.7"))).isEmpty();
        assertThat(guard.refusal(InetAddress.ofLiteral("127.0.0.1"))).isPresent();
        assertThat(guard.refusal(InetAddress.ofLiteral("192.168.2.1"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "intranet", "10.0.0.0/33", "10.0.0.0/x", "some,10.0.0.0/8", "example.com"})
    void namesAndNonsenseAreNoRanges(String text) {
        assertThatThrownBy(() -> AddressGuard.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
