# Build the jar first: mvn -DskipTests package
ARG BASE=eclipse-temurin:25-jre
FROM ${BASE}
COPY target/snapstash.jar /opt/snapstash/snapstash.jar
# A Job that finds no API server and has no time left to look for one (exit code 75) loads nearly all that a real one
# loads, and leaves a cache behind from which later starts take half the time.
RUN KUBERNETES_MASTER=http://127.0.0.1:9 SNAPSTASH_PLAN='{"session":"x","sessionNamespace":"x","sessionUid":"x",\
"invokerName":"x","sessionName":"x","nameSuffix":"0","deadline":"2000-01-01T00:00:00Z",\
"snapshots":[{"namespace":"x","name":"x"}],"components":[{"name":"x","claims":[{"namespace":"x","name":"x"}]}]}' \
    java -XX:AOTCacheOutput=/opt/snapstash/snapstash.aot -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
      -jar /opt/snapstash/snapstash.jar backup --namespace=x --backupsession=x; \
    test $? -eq 75 && chmod 0444 /opt/snapstash/snapstash.jar /opt/snapstash/snapstash.aot
USER 65534:65534
# A small young generation, and a heap that gives back what it does not need: the operator mostly waits.
ENTRYPOINT ["java", "-XX:AOTCache=/opt/snapstash/snapstash.aot", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", \
  "-XX:MaxRAMPercentage=50", "-XX:MaxNewSize=24m", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=20", \
  "-XX:-ShrinkHeapInSteps", "-XX:-UsePerfData", "--sun-misc-unsafe-memory-access=allow", \
  "-jar", "/opt/snapstash/snapstash.jar"]
