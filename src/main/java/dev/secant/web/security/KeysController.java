package dev.secant.web.security;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.secant.security.ApiKey;
import dev.secant.security.ApiKeys;
import dev.secant.security.NewApiKey;
import dev.secant.security.Scope;
import dev.secant.web.errors.ProblemException;
import dev.secant.web.errors.ProblemType;
import dev.secant.web.errors.RequestError;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Makes, lists and revokes API keys of a running service, as {@code secant keys} does on its database. */
@RestController
@RequestMapping("/v1/keys")
@Tag(name = "keys", description = "API keys; every operation needs the scope admin")
class KeysController {

    private static final int MAX_DAYS = 36_500;

    private final ApiKeys keys;
    private final Clock clock;

    KeysController(ApiKeys keys, Clock secantClock) {
        this.keys = keys;
        this.clock = secantClock;
    }

    /** What to make. */
    @Schema(name = "NewApiKey")
    record KeyRequest(
            @Schema(
                            description = "What the key is for",
                            minLength = 1,
                            maxLength = 100,
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    @Nullable
                    String name,
            @ArraySchema(
                            arraySchema =
                                    @Schema(
                                            description = "What it may do",
                                            requiredMode = Schema.RequiredMode.REQUIRED),
                            schema = @Schema(allowableValues = {"submit", "read", "admin"}),
                            minItems = 1)
                    @Nullable
                    List<@Nullable String> scopes,
            @Schema(description = "Days until it expires; never, if left out", minimum = "1", maximum = "36500")
                    @Nullable
                    Integer expiresInDays,
            @Schema(
                            description =
                                    "Id of a key whose jobs the new one shares, to replace it; jobs of its own if left out")
                    @Nullable
                    String ownerOf) {}

    /** A key without its secret. */
    @Schema(name = "ApiKey")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record KeyResponse(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String id,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String name,
            @Schema(description = "Owner of the jobs it creates", requiredMode = Schema.RequiredMode.REQUIRED)
                    String owner,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<String> scopes,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) ApiKey.State state,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Instant createdAt,
            @Schema(description = "From then on it is refused; absent if never") @Nullable Instant expiresAt,
            @Schema(description = "Last use, to a minute; absent if never") @Nullable Instant lastUsedAt,
            @Schema(description = "When it was revoked; absent if it was not") @Nullable Instant revokedAt) {}

    /** A key that was just made. */
    @Schema(name = "CreatedApiKey")
    record CreatedKey(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) KeyResponse key,
            @Schema(
                            description = "The key to send, sk_ID_SECRET; it is shown this once",
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    String token) {}

    /** All keys. */
    @Schema(name = "ApiKeys")
    record KeyList(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<KeyResponse> keys) {}

    @GetMapping
    @Operation(operationId = "listKeys", summary = "List API keys, oldest first")
    KeyList list() {
        return new KeyList(keys.list().stream().map(this::response).toList());
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @ApiResponse(responseCode = "201", description = "The key; its secret cannot be read again")
    @Operation(operationId = "createKey", summary = "Create an API key")
    CreatedKey create(@RequestBody KeyRequest request) {
        ApiKeys.Created created = keys.create(checked(request));
        return new CreatedKey(response(created.key()), created.token());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @ApiResponse(responseCode = "204", description = "The key is refused from now on; it stays in the list")
    @Operation(operationId = "revokeKey", summary = "Revoke an API key")
    void revoke(@PathVariable String id) {
        if (keys.revoke(id).isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is no key with the id (%s).".formatted(id));
        }
    }

    private NewApiKey checked(KeyRequest request) {
        List<RequestError> errors = new ArrayList<>();
        String name = request.name() == null ? "" : request.name().strip();
        if (name.isEmpty() || name.length() > NewApiKey.MAX_NAME) {
            errors.add(RequestError.at(
                    "/name", "The name must have between 1 and %d characters.".formatted(NewApiKey.MAX_NAME)));
        }
        Set<Scope> scopes = scopes(request.scopes(), errors);
        Integer days = request.expiresInDays();
        if (days != null && (days < 1 || days > MAX_DAYS)) {
            errors.add(RequestError.at(
                    "/expiresInDays", "The expiresInDays (%d) must be between 1 and %d.".formatted(days, MAX_DAYS)));
        }
        if (request.ownerOf() != null && keys.find(request.ownerOf()).isEmpty()) {
            errors.add(RequestError.at("/ownerOf", "There is no key with the id (%s).".formatted(request.ownerOf())));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return new NewApiKey(name, scopes, days == null ? null : Duration.ofDays(days), request.ownerOf());
    }

    private static Set<Scope> scopes(@Nullable List<@Nullable String> names, List<RequestError> errors) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        if (names == null || names.isEmpty()) {
            errors.add(RequestError.at("/scopes", "A key needs at least one of submit, read and admin."));
            return scopes;
        }
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Scope scope = name == null ? null : Scope.of(name).orElse(null);
            if (scope == null) {
                errors.add(RequestError.at(
                        "/scopes/" + i, "The scope (%s) is unknown. Known are submit, read, admin.".formatted(name)));
            } else {
                scopes.add(scope);
            }
        }
        return scopes;
    }

    private KeyResponse response(ApiKey key) {
        return new KeyResponse(
                key.id(),
                key.name(),
                key.owner(),
                key.scopes().stream().sorted().map(Scope::id).toList(),
                key.state(clock.instant()),
                key.createdAt(),
                key.expiresAt(),
                key.lastUsedAt(),
                key.revokedAt());
    }
}
