using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Control;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Settings;

/// <summary>The Kinesis streams that a table's changes go to. Nothing is sent there.</summary>
internal sealed class KinesisDestinations(TableSettingsStore store)
{
    private const string Configuration = "EnableKinesisStreamingConfiguration";

    public Task<Answer> EnableAsync(OperationCall call, CancellationToken cancellationToken) => ChangeAsync(call, enable: true, cancellationToken);

    public Task<Answer> DisableAsync(OperationCall call, CancellationToken cancellationToken) => ChangeAsync(call, enable: false, cancellationToken);

    public async Task<Answer> DescribeAsync(OperationCall call, CancellationToken cancellationToken)
    {
        var table = SettingsJson.TryParse(call.Body).Text("TableName");
        if (await store.FindAsync(table, cancellationToken) is not var (_, settings))
        {
            return TableSettingsStore.NotFound(table);
        }

        var destinations = settings.Destinations.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => (JsonNode)new JsonObject
        {
            ["StreamArn"] = d.Key,
            ["DestinationStatus"] = d.Value.Active ? "ACTIVE" : "DISABLED",
            ["ApproximateCreationDateTimePrecision"] = d.Value.Precision,
        });
        return SettingsJson.Answer(new JsonObject { ["TableName"] = table, ["KinesisDataStreamDestinations"] = new JsonArray([.. destinations]) });
    }

    private async Task<Answer> ChangeAsync(OperationCall call, bool enable, CancellationToken cancellationToken)
    {
        var request = SettingsJson.TryParse(call.Body) ?? [];
        var table = request.Text("TableName");
        if (request.Text("StreamArn") is not { } stream)
        {
            return AwsError.Validation("1 validation error detected: Value null at 'streamArn' failed to satisfy constraint: Member must not be null");
        }

        if (await store.FindAsync(table, cancellationToken) is not var (_, settings))
        {
            return TableSettingsStore.NotFound(table);
        }

        var current = settings.Destinations.GetValueOrDefault(stream);
        if ((current?.Active ?? false) == enable)
        {
            return AwsError.Validation($"Table is not in a valid state to {(enable ? "enable" : "disable")} Kinesis Streaming Destination: " + (enable
                ? "EnableKinesisStreamingDestination must be DISABLED or ENABLE_FAILED to perform ENABLE operation."
                : "DisableKinesisStreamingDestination must be ACTIVE to perform DISABLE operation."));
        }

        var precision = request[Configuration].Text("ApproximateCreationDateTimePrecision") ?? current?.Precision ?? "MILLISECOND";
        settings.Destinations[stream] = new KinesisDestination(enable, precision);
        return SettingsJson.Answer(new JsonObject
        {
            ["TableName"] = table,
            ["StreamArn"] = stream,
            ["DestinationStatus"] = enable ? "ENABLING" : "DISABLING",
            [Configuration] = new JsonObject { ["ApproximateCreationDateTimePrecision"] = precision },
        });
    }
}
