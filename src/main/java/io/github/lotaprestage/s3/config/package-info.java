/// Endpoint, region, profile and certificates, from options, environment and AWS's files.
@NullMarked
package io.github.lotaprestage.s3.config;

import org.jspecify.annotations.NullMarked;
