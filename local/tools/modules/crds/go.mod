module slipway.local/tools/crds

go 1.26

require (
	github.com/bitnami-labs/sealed-secrets v0.36.6
	github.com/cert-manager/cert-manager v1.21.1
	github.com/cloudnative-pg/cloudnative-pg v1.30.0
	github.com/cloudnative-pg/plugin-barman-cloud v0.13.0
	github.com/envoyproxy/gateway v1.9.0
	github.com/external-secrets/external-secrets v1.3.2
	github.com/prometheus-operator/prometheus-operator v0.93.1
	sigs.k8s.io/gateway-api v1.6.1
	github.com/vmware-tanzu/velero v1.18.1
	k8s.io/autoscaler/vertical-pod-autoscaler v1.7.1
)
