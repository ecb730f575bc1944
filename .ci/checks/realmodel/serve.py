"""Serves a GGUF file as chat completions on loopback. Usage: serve.py GGUF PORT KEY"""

import sys
import time

import xllamacpp

params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.hostnames = ["127.0.0.1"]
params.port = int(sys.argv[2])
params.api_keys = [sys.argv[3]]
params.n_ctx = 8192
params.n_parallel = 2
params.n_gpu_layers = 0
# More threads are slower on a busy machine: they spin while they wait for each other.
params.cpuparams.n_threads = 1
params.cpuparams_batch.n_threads = 1
params.use_jinja = True
params.offline = True
params.ui = False
params.warmup = False
params.model_alias = {"smollm2-135m"}
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
while True:
    time.sleep(3600)
