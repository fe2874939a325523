package enum StubResults {}
