using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;

namespace DynamoBatch.Core.Wire;

/// <summary>Puts statements together to the body of a BatchExecuteStatement request.</summary>
internal static class StatementBody
{
    public static byte[] Build(WriteRequest request)
    {
        var json = new JsonBuffer();
        json.Raw("{\"ReturnConsumedCapacity\":\"TOTAL\",\"Statements\":["u8);
        for (int i = 0; i < request.Count; i++)
        {
            json.Raw(i == 0 ? default : ","u8);
            request[i].Request!.WriteStatement(json, request[i]);
        }

        json.Raw("]}"u8);
        return json.Written.ToArray();
    }
}
