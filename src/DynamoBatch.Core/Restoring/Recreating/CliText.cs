using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.Core.Restoring.Control;

namespace DynamoBatch.Core.Restoring.Recreating;

/// <summary>Commands of the AWS CLI, quoted as PowerShell reads them: what a user runs where the module could not.</summary>
internal static class CliText
{
    /// <summary>The restore that brings a table back, with all that the module would ask for.</summary>
    public static string Restore(ControlPlace place, RestoreTarget target, string backupArn)
    {
        var text = new StringBuilder($"restore-table-from-backup --target-table-name {target.TableName} --backup-arn {backupArn}");
        Add("billing-mode-override", target.BillingMode?.Value);
        Add("provisioned-throughput-override", Units(target.ProvisionedThroughput));
        Add("on-demand-throughput-override", OnDemand(target.OnDemandThroughput));
        Add("sse-specification-override", target.Encryption is not { } sse ? null : sse.Enabled == true ? $"Enabled=true,SSEType={sse.SSEType},KMSMasterKeyId={sse.KMSMasterKeyId}" : "Enabled=false");
        Add("global-secondary-index-override", target.GlobalIndexes is null ? null : Quote(Indexes(target.GlobalIndexes)));
        Add(
            "local-secondary-index-override",
            target.LocalIndexes is null ? null : Quote(Indexes(target.LocalIndexes.Select(i => new GlobalSecondaryIndex { IndexName = i.IndexName, KeySchema = i.KeySchema, Projection = i.Projection }))));
        return place.Cli(text.ToString());

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                text.Append(" --").Append(name).Append(' ').Append(value);
            }
        }
    }

    /// <summary>Between single quotes, as PowerShell has them.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "''")}'";

    public static string Tags(IEnumerable<KeyValuePair<string, string>> tags) => Json(json =>
    {
        json.WriteStartArray();
        foreach (KeyValuePair<string, string> tag in tags)
        {
            json.WriteStartObject();
            json.WriteString("Key", tag.Key);
            json.WriteString("Value", tag.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>The update that makes an index.</summary>
    public static string CreateIndex(GlobalSecondaryIndex index) => Json(json =>
    {
        json.WriteStartArray();
        json.WriteStartObject();
        json.WritePropertyName("Create");
        Write(json, index);
        json.WriteEndObject();
        json.WriteEndArray();
    });

    private static string Indexes(IEnumerable<GlobalSecondaryIndex> indexes) => Json(json =>
    {
        json.WriteStartArray();
        foreach (GlobalSecondaryIndex index in indexes)
        {
            Write(json, index);
        }

        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, GlobalSecondaryIndex index)
    {
        json.WriteStartObject();
        json.WriteString("IndexName", index.IndexName);
        json.WriteStartArray("KeySchema");
        foreach (KeySchemaElement key in index.KeySchema)
        {
            json.WriteStartObject();
            json.WriteString("AttributeName", key.AttributeName);
            json.WriteString("KeyType", key.KeyType.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("Projection");
        json.WriteString("ProjectionType", index.Projection.ProjectionType.Value);
        if (index.Projection.NonKeyAttributes is { Count: > 0 } names)
        {
            json.WriteStartArray("NonKeyAttributes");
            names.ForEach(json.WriteStringValue);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        if (index.ProvisionedThroughput is { } units)
        {
            json.WriteStartObject("ProvisionedThroughput");
            json.WriteNumber("ReadCapacityUnits", units.ReadCapacityUnits ?? 0);
            json.WriteNumber("WriteCapacityUnits", units.WriteCapacityUnits ?? 0);
            json.WriteEndObject();
        }

        if (index.OnDemandThroughput is { } most)
        {
            json.WriteStartObject("OnDemandThroughput");
            json.WriteNumber("MaxReadRequestUnits", most.MaxReadRequestUnits ?? -1);
            json.WriteNumber("MaxWriteRequestUnits", most.MaxWriteRequestUnits ?? -1);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static string? Units(ProvisionedThroughput? units) => units is null
        ? null
        : FormattableString.Invariant($"ReadCapacityUnits={units.ReadCapacityUnits},WriteCapacityUnits={units.WriteCapacityUnits}");

    private static string? OnDemand(OnDemandThroughput? units) => units is null
        ? null
        : FormattableString.Invariant($"MaxReadRequestUnits={units.MaxReadRequestUnits},MaxWriteRequestUnits={units.MaxWriteRequestUnits}");

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
