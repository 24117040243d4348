using System.Buffers;
using System.Runtime.CompilerServices;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;

namespace DynamoBatch.Core.Wire;

/// <summary>Puts statements together to the body of a BatchExecuteStatement request.</summary>
internal static class StatementBody
{
    [MethodImpl(Jit.Hot)]
    public static byte[] Build(WriteRequest request)
    {
        byte[] room = ArrayPool<byte>.Shared.Rent(request.Bytes);
        var json = new JsonBuffer(room);
        json.Raw("{\"ReturnConsumedCapacity\":\"TOTAL\",\"Statements\":["u8);
        for (int i = 0; i < request.Count; i++)
        {
            json.Raw(i == 0 ? default : ","u8);
            request[i].Request!.WriteStatement(json, request[i]);
        }

        json.Raw("]}"u8);
        byte[] body = json.Written.ToArray();
        ArrayPool<byte>.Shared.Return(room);
        return body;
    }
}
