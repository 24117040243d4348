using System;
using System.Collections.Generic;

namespace DynamoBatch.LocalAws.Http;

/// <summary>An answer to the client: the backend's own, or one that the local AWS made.</summary>
internal sealed class Answer
{
    public Answer(int status, byte[] body, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        Status = status;
        Body = body;
        Headers = headers;
    }

    public int Status { get; }

    public byte[] Body { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    public bool Succeeded => Status == 200;

    /// <summary>The same answer with another body, and that body's checksum: clients refuse a body that does not fit its CRC.</summary>
    public Answer With(byte[] body)
    {
        var headers = new List<KeyValuePair<string, string>>(Headers.Count + 1);
        foreach (var header in Headers)
        {
            if (!header.Key.Equals(AwsHeaders.Crc32, StringComparison.OrdinalIgnoreCase))
            {
                headers.Add(header);
            }
        }

        headers.Add(new(AwsHeaders.Crc32, Crc32.Text(body)));
        return new Answer(Status, body, headers);
    }
}
