using System;

namespace DynamoBatch.LocalAws.Http;

/// <summary>One member of a JSON object: its name, the whole of it as sent (name, colon and value), and its value as sent.</summary>
internal readonly record struct JsonMember(string Name, ReadOnlyMemory<byte> Raw, ReadOnlyMemory<byte> Value);
