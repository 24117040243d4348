using System.Text.Json.Nodes;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Faults;

/// <summary>What a table that is not ACTIVE answers.</summary>
internal static class TableStateAnswers
{
    public static Answer? Refuse(Exchange exchange, TableStates states)
    {
        if (exchange.Operation is "DescribeTable" or "CreateTable")
        {
            return null;
        }

        foreach (var table in RequestTables.Of(exchange.Operation, exchange.Body))
        {
            var state = states.Of(table, describes: false);
            switch (exchange.Operation)
            {
                case "UpdateTable" or "DeleteTable" or "UpdateTimeToLive" when state is not null and not "ACTIVE":
                    return AwsError.ResourceInUse($"Attempt to change a resource which is still in use: Table is being {Doing(state)}: {table}");
                case "BatchWriteItem" or "BatchGetItem" or "PutItem" or "GetItem" or "UpdateItem" or "DeleteItem" or "Query" or "Scan"
                    or "TransactWriteItems" or "TransactGetItems" when state is "CREATING" or "DELETING":
                    return AwsError.ResourceNotFound("Requested resource not found");
            }
        }

        return null;
    }

    /// <summary>The answer with the state to show in it.</summary>
    public static Answer Show(Exchange exchange, TableStates states, Answer answer)
    {
        if (exchange.Operation != "DescribeTable" || !answer.Succeeded
            || JsonNode.Parse(answer.Body) is not { } json || json["Table"] is not { } table
            || states.Of((string?)table["TableName"], describes: true) is not { } state)
        {
            return answer;
        }

        table["TableStatus"] = state;
        return answer.With(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()));
    }

    private static string Doing(string state) => state switch
    {
        "CREATING" => "created",
        "DELETING" => "deleted",
        "UPDATING" => "updated",
        _ => state,
    };
}
