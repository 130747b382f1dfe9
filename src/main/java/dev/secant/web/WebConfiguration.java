package dev.secant.web;

import dev.secant.web.errors.ProblemDetails;
import dev.secant.web.errors.ProblemReportValve;
import dev.secant.web.errors.ProblemWriter;
import dev.secant.web.errors.RequestBodyFilter;
import dev.secant.web.errors.UnknownParameters;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.servers.Server;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.apache.catalina.core.StandardHost;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Wires the REST surface and describes it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebProperties.class)
class WebConfiguration implements WebMvcConfigurer {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new UnknownParameters()).addPathPatterns("/v1/**");
    }

    @Bean
    FilterRegistrationBean<RequestBodyFilter> requestBodyFilter(WebProperties properties, ProblemWriter problems) {
        RequestBodyFilter.Limits limits = new RequestBodyFilter.Limits(
                properties.maxBody().toBytes(), properties.bodyTimeout(), properties.maxUploads());
        FilterRegistrationBean<RequestBodyFilter> registration =
                new FilterRegistrationBean<>(new RequestBodyFilter(limits, problems));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** What Tomcat refuses by itself gets problem details too. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsOfTomcat() {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ProblemReportValve.class.getName());
            }
        });
    }

    @Bean
    OpenAPI openApi(BuildProperties build) {
        return new OpenAPI()
                .info(new Info()
                        .title("Secant")
                        .version(build.getVersion())
                        .description(
                                "Optimization as a service: fits SMPL bodies to 2D keypoints and minimizes objectives given as formulas.")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/").description("This service")));
    }

    /** A job's id goes into a path as it came in an answer, in clients with types too. */
    @Bean
    OpenApiCustomizer jobIdsAreUuids() {
        return api -> api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .flatMap(operation ->
                        Stream.ofNullable(operation.getParameters()).flatMap(List::stream))
                .filter(parameter -> "path".equals(parameter.getIn()) && "id".equals(parameter.getName()))
                .forEach(parameter -> parameter.getSchema().setFormat("uuid"));
    }

    /** Curves and points have null where a number is not finite, which JSON cannot write. */
    @Bean
    OpenApiCustomizer numbersMayBeMissing() {
        return api -> Stream.of("Curve", "Iterate", "MinimizationItem")
                .flatMap(name ->
                        Stream.ofNullable(api.getComponents().getSchemas().get(name)))
                .flatMap(schema -> ((Schema<?>) schema).getProperties().values().stream())
                .flatMap(property -> Stream.ofNullable(property.getItems()))
                .filter(items -> "double".equals(items.getFormat()))
                .forEach(items -> ((Schema<?>) items).setTypes(new LinkedHashSet<>(List.of("number", "null"))));
    }

    /** Every operation may respond with problem details. */
    @Bean
    OpenApiCustomizer problemsEverywhere() {
        return api -> {
            ModelConverters.getInstance(true)
                    .readAll(ProblemDetails.class)
                    .forEach((name, schema) -> api.getComponents().addSchemas(name, schema));
            ApiResponse problem = new ApiResponse()
                    .description("Problem details (RFC 9457); see GET /v1/problem-types")
                    .content(new Content()
                            .addMediaType(
                                    "application/problem+json",
                                    new MediaType()
                                            .schema(new Schema<>().$ref("#/components/schemas/ProblemDetails"))));
            api.getPaths().values().forEach(path -> path.readOperations()
                    .forEach(operation -> operation.getResponses().addApiResponse("default", problem)));
        };
    }
}
