using System;
using Amazon.Runtime;

namespace DynamoBatch.Core.Wire;

/// <summary>An error of the service: as the SDK words it, and with the answer's bytes, which hold more for some operations.</summary>
internal sealed class ServiceFaultException : Exception
{
    public ServiceFaultException(AmazonServiceException fault, byte[] content)
        : base(fault.Message, fault)
    {
        Fault = fault;
        Content = content;
    }

    public AmazonServiceException Fault { get; }

    /// <summary>The JSON of the error.</summary>
    public byte[] Content { get; }
}
