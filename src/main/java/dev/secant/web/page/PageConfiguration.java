package dev.secant.web.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;

/** Serves the page with its headers. */
@Configuration(proxyBeanMethods = false)
class PageConfiguration {

    /** Where the page's files and libraries are; nothing else is below. */
    private static final String[] PATHS = {"/", "/index.html", "/page/*", "/webjars/*"};

    @Bean
    FilterRegistrationBean<PageHeaders> pageHeaders() {
        FilterRegistrationBean<PageHeaders> registration = new FilterRegistrationBean<>(PageHeaders.of(document()));
        registration.addUrlPatterns(PATHS);
        return registration;
    }

    private static String document() {
        try {
            return new ClassPathResource("static/index.html").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
