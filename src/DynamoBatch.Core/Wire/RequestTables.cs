using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using DynamoBatch.Core.Batching;

namespace DynamoBatch.Core.Wire;

/// <summary>The tables of a request.</summary>
internal static class RequestTables
{
    /// <summary>In the order in which they first occur.</summary>
    [MethodImpl(Jit.Hot)]
    public static List<WriteTable> Of(WriteRequest request)
    {
        var tables = new List<WriteTable>(1);
        for (int i = 0; i < request.Count; i++)
        {
            if (!tables.Contains(request[i].Table))
            {
                tables.Add(request[i].Table);
            }
        }

        return tables;
    }

    /// <summary>The table that an answer names. The service may name one by its name where the request had its ARN.</summary>
    public static WriteTable? Find(WriteRequest request, string name)
    {
        WriteTable? found = null;
        foreach (WriteTable table in Of(request))
        {
            if (table.Name == name)
            {
                return table;
            }

            if (table.Name.EndsWith("/" + name, StringComparison.Ordinal) || name.EndsWith("/" + table.Name, StringComparison.Ordinal))
            {
                if (found is not null)
                {
                    // Two accounts' tables of one name: which is meant cannot be told.
                    return null;
                }

                found = table;
            }
        }

        return found;
    }
}
