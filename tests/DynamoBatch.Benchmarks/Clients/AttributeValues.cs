using System.Collections.Generic;
using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace DynamoBatch.Benchmarks.Clients;

/// <summary>A row as the SDK takes it.</summary>
internal static class AttributeValues
{
    public static Dictionary<string, AttributeValue> Of(object[] row)
    {
        string[] names = BenchmarkRows.Names;
        var item = new Dictionary<string, AttributeValue>(names.Length);
        for (int i = 0; i < names.Length; i++)
        {
            item.Add(
                names[i],
                row[i] switch
                {
                    string text => new AttributeValue { S = text },
                    bool flag => new AttributeValue { BOOL = flag },
                    int number => new AttributeValue { N = number.ToString(CultureInfo.InvariantCulture) },
                    _ => new AttributeValue { NULL = true },
                });
        }

        return item;
    }
}
