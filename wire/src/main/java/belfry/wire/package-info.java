/**
 * The AWS wire protocols, knowing no service and no HTTP server.
 *
 * <h2>For a service stage</h2>
 *
 * Implement the generated {@code belfry.api.<service>.<Service>Api<C>}: a default method per operation, for example
 * {@code default GetSecretValueResponse getSecretValue(GetSecretValueRequest in, C call)}. Inputs and outputs are
 * {@link belfry.wire.Struct}s with fluent accessors: {@code in.secretId()} (null where absent), {@code new
 * GetSecretValueResponse().arn(x).name(y)}. Timestamps are {@link java.time.Instant}, blobs {@code byte[]}, enumerations
 * text, streamed object bodies {@link belfry.wire.Body}. An operation without output returns
 * {@link belfry.wire.NoOutput#INSTANCE}; one without input takes the call alone. Errors are thrown as
 * {@link belfry.wire.ServiceException}. {@code <Service>Api.bind(implementation)} gives the
 * {@link belfry.wire.ServiceBinding} that the gateway calls.
 *
 * <p>When an operation is called, its input has passed the description's constraints: required members are there,
 * lengths, ranges, patterns and enumerations are kept, lists and maps contain no null. Rules between members are the
 * operation's own.
 *
 * <p>An S3 {@link belfry.wire.Body} checks itself while it is read (hash, chunk signatures, checksums): a failed check
 * comes as a {@link belfry.wire.ServiceException} out of {@code read}, before the last bytes are handed out. Read it to
 * its end before anything becomes visible. {@link belfry.wire.Body#trailers()} then holds a checksum that came after the
 * content. {@code contentLength()} of the input is the length of the content, with any aws-chunked coding taken off.
 *
 * <h2>For the gateway</h2>
 *
 * <pre>{@code
 * Router router = new Router(belfry.api.Services.ALL, List.of("localhost", publicHost), Limits.defaults());
 * SigV4 sigV4 = new SigV4(accessKeyId -> …KeyLookup.Key or null);
 *
 * WireRequest request = new WireRequest(method, rawPath, rawQuery, headers, body);   // body as sent, still encoded
 * Resolution resolution = router.resolve(request);                                   // never throws
 * try {
 *     if (resolution instanceof Unresolved unresolved) throw unresolved.error();
 *     Invocation invocation = (Invocation) resolution;
 *     WireRequest accepted = dev
 *             ? SigV4.unverified(invocation.request())            // Credential.of(request) tells who it claims to be
 *             : sigV4.verify(invocation, now).request();          // Verified.credential() tells who it is
 *     Struct in = invocation.decode(accepted);                    // null where the operation takes nothing
 *     invocation.validate(in);
 *     Struct out = bindings.get(invocation.service().name()).invoke(invocation.operation(), in, call);
 *     return invocation.success(out, requestId);
 * } catch (ServiceException e) {
 *     return resolution.error(e, requestId);                      // works for Unresolved too
 * }
 * }</pre>
 *
 * {@link belfry.wire.SigV4#isSigned} tells whether a request is signed at all; {@link belfry.wire.Operation#unsigned()}
 * (by {@link belfry.wire.Invocation#description()}) whether the operation needs no signature. {@code verify} answers a
 * missing signature with the protocol's own code. Anything unexpected becomes
 * {@link belfry.wire.ServiceException#internalFailure()}. {@link belfry.wire.Headers} compare names without case;
 * {@link belfry.wire.WireResponse} holds Content-Type, request ids and Content-Length already. An answer to a HEAD may
 * state a Content-Length with an empty body. {@link belfry.wire.ServiceBinding#implemented()} feeds docs/coverage.md.
 */
@NullMarked
package belfry.wire;

import org.jspecify.annotations.NullMarked;
