package enum StubSampleCounty {}
