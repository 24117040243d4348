using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using DynamoBatch.Core.Batching;

namespace DynamoBatch.Core.Wire;

/// <summary>Puts encoded items together to the body of a BatchWriteItem request: copies of bytes, nothing encoded again.</summary>
internal static class BatchWriteBody
{
    private static readonly byte[] Open = Ascii("{\"ReturnConsumedCapacity\":\"TOTAL\",\"RequestItems\":{");
    private static readonly byte[] OpenPut = Ascii("{\"PutRequest\":{\"Item\":");
    private static readonly byte[] OpenDelete = Ascii("{\"DeleteRequest\":{\"Key\":");

    [MethodImpl(Jit.Hot)]
    public static byte[] Build(WriteRequest request)
    {
        List<WriteTable> tables = RequestTables.Of(request);

        // Exact: {..., "RequestItems":{ "T":[op,op],"T":[op] }}
        int length = Open.Length + 2 + tables.Count - 1;
        foreach (WriteTable table in tables)
        {
            // "name":[ ] and the commas between; each operation below counts one comma, the table's last has none.
            length += table.NameUtf8.Length + 5 - 1;
        }

        for (int i = 0; i < request.Count; i++)
        {
            length += Opening(request[i]).Length + request[i].Item.Json.Length + 2 + 1;
        }

        byte[] body = new byte[length];
        int position = 0;
        Append(body, ref position, Open);
        for (int t = 0; t < tables.Count; t++)
        {
            AppendTable(body, ref position, request, tables[t], t > 0);
        }

        body[position++] = (byte)'}';
        body[position++] = (byte)'}';
        if (position != length)
        {
            throw new InvalidOperationException("The body's length was computed wrongly.");
        }

        return body;
    }

    [MethodImpl(Jit.Hot)]
    private static void AppendTable(byte[] body, ref int position, WriteRequest request, WriteTable table, bool comma)
    {
        if (comma)
        {
            body[position++] = (byte)',';
        }

        body[position++] = (byte)'"';
        Append(body, ref position, table.NameUtf8);
        body[position++] = (byte)'"';
        body[position++] = (byte)':';
        body[position++] = (byte)'[';
        bool first = true;
        for (int i = 0; i < request.Count; i++)
        {
            WriteOperation operation = request[i];
            if (!ReferenceEquals(operation.Table, table))
            {
                continue;
            }

            if (!first)
            {
                body[position++] = (byte)',';
            }

            first = false;
            Append(body, ref position, Opening(operation));
            Append(body, ref position, operation.Item.Json.Span);
            body[position++] = (byte)'}';
            body[position++] = (byte)'}';
        }

        body[position++] = (byte)']';
    }

    private static byte[] Opening(WriteOperation operation) => operation.Verb is WriteVerb.Delete ? OpenDelete : OpenPut;

    private static void Append(byte[] body, ref int position, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(body.AsSpan(position));
        position += bytes.Length;
    }

    private static byte[] Ascii(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}
