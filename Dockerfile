# Build the jar first: mvn -DskipTests package. For several platforms: docker buildx build --platform linux/amd64,linux/arm64
# BASE is any JDK 25 on glibc. Of it, the image gets the parts of Java that the jar needs and the libraries of C: no
# shell, no package manager.
ARG BASE=eclipse-temurin:25-jdk
FROM ${BASE} AS build
# What jdeps finds. One more or less in the jar stops the build, so that somebody looks at these two lines.
ARG MODULES=java.base,java.compiler,java.desktop,java.management,java.naming,java.net.http,java.security.jgss,java.sql,jdk.unsupported
# What nothing in the jar names: loggers, elliptic curves, name service, limits of the container.
ARG BESIDES=java.logging,jdk.crypto.ec,jdk.management,jdk.naming.dns
COPY target/snapstash.jar /opt/snapstash/snapstash.jar
RUN set -eu; jar=/opt/snapstash/snapstash.jar; java=/opt/snapstash/java; \
    found=$(jdeps --multi-release 25 --ignore-missing-deps --print-module-deps $jar); \
    if [ "$found" != "$MODULES" ]; then echo "the jar needs $found; the Dockerfile says $MODULES" >&2; exit 1; fi; \
    jlink --add-modules "$MODULES,$BESIDES" --strip-java-debug-attributes --no-header-files --no-man-pages --output $java; \
    # Of java.desktop only java.beans is used, which draws nothing.
    for drawing in awt awt_headless awt_xawt fontmanager freetype javajpeg jawt jsound lcms mlib_image splashscreen; do \
      rm -f $java/lib/lib$drawing.so; \
    done; \
    for library in $(ldd $java/bin/java $java/lib/*.so $java/lib/server/*.so | tr -s '\t =>' '\n' | sort -u); do \
      case $library in $java/*|*:) ;; /*) mkdir -p "/root-of-image$(dirname "$library")"; \
        cp -L "$library" "/root-of-image$library" ;; esac; \
    done; \
    mkdir -p /root-of-image/etc /root-of-image/tmp; chmod 1777 /root-of-image/tmp; \
    echo 'snapstash:x:65534:65534::/tmp:/none' > /root-of-image/etc/passwd; \
    echo 'snapstash:x:65534:' > /root-of-image/etc/group; \
    echo 'hosts: files dns' > /root-of-image/etc/nsswitch.conf; \
    # The cache below knows jar and Java by their times, of which an image keeps whole seconds.
    find /opt/snapstash -exec touch -h -d 2026-01-01T00:00:00Z {} +
# A Job that finds no API server and has no time left to look for one (exit code 75) loads nearly all that a real one
# loads, and leaves a cache behind from which later starts take half the time.
RUN KUBERNETES_MASTER=http://127.0.0.1:9 SNAPSTASH_PLAN='{"session":"x","sessionNamespace":"x","sessionUid":"x",\
"invokerName":"x","sessionName":"x","nameSuffix":"0","deadline":"2000-01-01T00:00:00Z",\
"snapshots":[{"namespace":"x","name":"x"}],"components":[{"name":"x","claims":[{"namespace":"x","name":"x"}]}]}' \
    /opt/snapstash/java/bin/java -XX:AOTCacheOutput=/opt/snapstash/snapstash.aot -XX:+UseSerialGC \
      -XX:TieredStopAtLevel=1 -XX:+UseCompactObjectHeaders -jar /opt/snapstash/snapstash.jar backup --namespace=x --backupsession=x; \
    test $? -eq 75 && chmod 0444 /opt/snapstash/snapstash.jar /opt/snapstash/snapstash.aot

FROM scratch
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="Snapstash" \
      org.opencontainers.image.description="CSI volume snapshots of applications, on a schedule, and restores from them" \
      org.opencontainers.image.version="${VERSION}"
COPY --from=build /root-of-image /
COPY --from=build /opt/snapstash /opt/snapstash
USER 65534:65534
# A small young generation, and a heap that gives back what it does not need: the operator mostly waits.
ENTRYPOINT ["/opt/snapstash/java/bin/java", "-XX:AOTCache=/opt/snapstash/snapstash.aot", "-XX:+UseSerialGC", \
  "-XX:TieredStopAtLevel=1", "-XX:+UseCompactObjectHeaders", "-XX:MaxRAMPercentage=50", "-XX:MaxNewSize=24m", "-XX:MinHeapFreeRatio=10", \
  "-XX:MaxHeapFreeRatio=20", "-XX:-ShrinkHeapInSteps", "-XX:-UsePerfData", \
  "--sun-misc-unsafe-memory-access=allow", "-jar", "/opt/snapstash/snapstash.jar"]
