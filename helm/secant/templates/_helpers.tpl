{{- define "secant.labels" -}}
app.kubernetes.io/name: secant
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "secant.selector" -}}
app.kubernetes.io/name: secant
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{/* The pod of a component: "all" (one pod, H2), "api" or "worker". */}}
{{- define "secant.pod" -}}
{{- $root := .root -}}
{{- $values := $root.Values -}}
metadata:
  labels:
    {{- include "secant.selector" . | nindent 4 }}
  annotations:
    checksum/config: {{ toJson $values.settings | sha256sum }}
    prometheus.io/scrape: "true"
    prometheus.io/path: /actuator/prometheus
    prometheus.io/port: {{ $values.management.port | quote }}
spec:
  {{- with $values.imagePullSecrets }}
  imagePullSecrets: {{- toYaml . | nindent 4 }}
  {{- end }}
  automountServiceAccountToken: false
  terminationGracePeriodSeconds: {{ $values.worker.terminationGracePeriodSeconds }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    seccompProfile: {type: RuntimeDefault}
  {{- if ne .component "api" }}
  {{- with $values.worker.nodeSelector }}
  nodeSelector: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.worker.tolerations }}
  tolerations: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- end }}
  containers:
    - name: secant
      image: "{{ $values.image.repository }}:{{ $values.image.tag | default $root.Chart.AppVersion }}"
      imagePullPolicy: {{ $values.image.pullPolicy }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities: {drop: [ALL]}
      ports:
        - {name: http, containerPort: 8080}
        - {name: management, containerPort: {{ $values.management.port }}}
      env:
        - name: SECANT_SECURITY_MODE
          value: {{ $values.security.mode | quote }}
        # Without authentication the service would listen on loopback, where no pod reaches it.
        - name: SERVER_ADDRESS
          value: 0.0.0.0
        - name: MANAGEMENT_SERVER_PORT
          value: {{ $values.management.port | quote }}
        {{- with $values.security.existingSecret }}
        - name: SECANT_SECURITY_ADMIN_KEY
          valueFrom: {secretKeyRef: {name: {{ . }}, key: admin-key}}
        {{- end }}
        - name: SECANT_JOBS_WORKER
          value: {{ ne .component "api" | quote }}
        {{- if ne .component "api" }}
        - name: SECANT_DEVICES
          value: {{ $values.worker.devices | quote }}
        {{- end }}
        {{- if $values.database.url }}
        - name: SECANT_DATABASE_URL
          value: {{ $values.database.url | quote }}
        {{- with $values.database.existingSecret }}
        - name: SECANT_DATABASE_USERNAME
          valueFrom: {secretKeyRef: {name: {{ . }}, key: username}}
        - name: SECANT_DATABASE_PASSWORD
          valueFrom: {secretKeyRef: {name: {{ . }}, key: password}}
        {{- end }}
        {{- end }}
        - name: SPRING_CONFIG_ADDITIONAL_LOCATION
          value: file:/etc/secant/
      # The native libraries are unpacked on the first start: give it time.
      startupProbe:
        httpGet: {path: /actuator/health/liveness, port: management}
        periodSeconds: 3
        failureThreshold: 60
      livenessProbe:
        httpGet: {path: /actuator/health/liveness, port: management}
        periodSeconds: 10
      readinessProbe:
        httpGet: {path: /actuator/health/readiness, port: management}
        periodSeconds: 5
      resources: {{- toYaml (ternary $values.api.resources $values.worker.resources (eq .component "api")) | nindent 8 }}
      volumeMounts:
        - {name: data, mountPath: /data}
        - {name: tmp, mountPath: /tmp}
        - {name: config, mountPath: /etc/secant, readOnly: true}
  volumes:
    - name: tmp
      emptyDir: {}
    - name: config
      configMap: {name: {{ $root.Release.Name }}-secant}
    - name: data
      {{- if $values.database.url }}
      emptyDir: {}
      {{- else }}
      persistentVolumeClaim: {claimName: {{ $root.Release.Name }}-secant}
      {{- end }}
{{- end }}
